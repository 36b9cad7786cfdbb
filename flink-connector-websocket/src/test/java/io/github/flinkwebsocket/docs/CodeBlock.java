package io.github.flinkwebsocket.docs;

/** A fenced block of code on a page. */
public final class CodeBlock {

    private final String page;
    private final int line;
    private final String language;
    private final String code;

    /**
     * @param line where its first line of code is on the page, from 1
     */
    CodeBlock(String page, int line, String language, String code) {
        this.page = page;
        this.line = line;
        this.language = language;
        this.code = code;
    }

    /** What stands behind the fence; empty for output and commands. */
    public String language() {
        return language;
    }

    public String code() {
        return code;
    }

    /** The place of a line of the code, from 1. */
    public String place(long lineOfCode) {
        return page + ":" + (line + lineOfCode - 1);
    }

    @Override
    public String toString() {
        return place(1);
    }
}
