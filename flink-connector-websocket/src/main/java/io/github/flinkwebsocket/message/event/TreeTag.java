package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

/** The byte before each value in the bytes of an event, format 0. Never change one. */
@Internal
final class TreeTag {

    static final byte NULL = 0;
    static final byte FALSE = 1;
    static final byte TRUE = 2;
    static final byte INT = 3;
    static final byte LONG = 4;
    static final byte BIG_INTEGER = 5;
    static final byte DECIMAL = 6;
    static final byte BIG_DECIMAL = 7;
    static final byte TEXT = 8;
    static final byte ARRAY = 9;
    static final byte OBJECT = 10;
    // Parsers do not make these; users may.
    static final byte SHORT = 11;
    static final byte FLOAT = 12;
    static final byte DOUBLE = 13;
    static final byte BINARY = 14;

    private TreeTag() {}
}
