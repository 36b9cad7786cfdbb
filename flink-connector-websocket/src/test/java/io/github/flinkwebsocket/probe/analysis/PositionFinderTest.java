package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.RecordPath;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Which field the probe takes for a position. The frames are separated by blanks. */
class PositionFinderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'seq':1} {'seq':2}                             | /seq",
                "{'seq':1} {'seq':1} {'seq':5}                   | /seq",
                "{'SequenceNumber':'9'} {'SequenceNumber':'10'}  | /SequenceNumber",
                "{'data':{'next_cursor':'b'}} {'data':{'next_cursor':'a'}} | /data/next_cursor",
                "{'a/b':{'offset':1}} {'a/b':{'offset':2}}       | /a~1b/offset",
                "{'stream_offset':1,'seq':3} {'stream_offset':2,'seq':1} | /stream_offset",
                // It falls: there is one for each topic.
                "{'seq':7} {'seq':2} {'seq':8}                   |",
                // It stands.
                "{'seq':7} {'seq':7}                             |",
                "{'cursor':'a'} {'cursor':'b'} {'cursor':'a'}    |",
                // Not everywhere, or too little to tell.
                "{'seq':1} {'x':1} {'seq':2}                     |",
                "{'seq':1}                                       |",
                // No usual name, or no place that a pointer can name.
                "{'id':1} {'id':2}                               |",
                "{'data':[{'seq':1}]} {'data':[{'seq':2}]}       |",
                "{'seq':0.5} {'seq':1.5}                         |",
                "[1] [2]                                         |",
            })
    void isAFieldOfAllFramesThatGrowsAndHasItsName(String frames, String pointer) {
        RecordPath found =
                PositionFinder.find(
                        Arrays.stream(frames.replace('\'', '"').split(" "))
                                .map(f -> JsonValues.readOne(f.getBytes(StandardCharsets.UTF_8)))
                                .collect(Collectors.toList()));
        assertThat(found == null ? null : found.toString()).isEqualTo(pointer);
    }
}
