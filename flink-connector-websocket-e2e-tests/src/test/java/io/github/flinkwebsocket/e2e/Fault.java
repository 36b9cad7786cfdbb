package io.github.flinkwebsocket.e2e;

/** What a {@link FaultyRelay} does to the connections through it. */
enum Fault {
    /** Breaks all connections off with a TCP reset, wherever in a message they are. */
    RESET("reset"),
    /** Leaves all connections open, but nothing passes any more, in either direction. */
    HALF_OPEN("half-open"),
    /** Lets next to nothing through, for a while. */
    SLOW("slow"),
    /** Resets all connections, and refuses new ones for a while. */
    REFUSED("refused"),
    /** Resets all connections, and answers new ones with status 503 for a while. */
    UNAVAILABLE("503");

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
