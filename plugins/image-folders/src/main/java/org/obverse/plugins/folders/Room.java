package org.obverse.plugins.folders;

/** Memory for pictures that are decoded side by side. Each asks once, for all that it takes, before it takes any of it. */
final class Room {
    private final long most;
    private long taken;

    /**
     * @param most bytes at a time
     */
    Room(long most) {
        this.most = most;
    }

    /** Three quarters of what Java may take. */
    static Room ofThisJava() {
        return new Room(Runtime.getRuntime().maxMemory() / 4 * 3);
    }

    /** What is done in the room. */
    interface Work<T> {
        T done() throws UnreadablePictureException;
    }

    /**
     * Waits until there is room, and works in it.
     *
     * @throws UnreadablePictureException if there can never be so much, or the work throws it
     */
    <T> T within(long bytes, Work<T> work) throws UnreadablePictureException {
        if (bytes > most) {
            throw new UnreadablePictureException(
                    "takes %d MB to decode, more than the %d MB that Java has for it"
                            .formatted(bytes >> 20, most >> 20),
                    "save it in a smaller size, or give Java more: OBVERSE_HEAP=%dg"
                            .formatted(((bytes / 2 * 3) >> 30) + 1));
        }
        take(bytes);
        try {
            return work.done();
        } finally {
            giveBack(bytes);
        }
    }

    private synchronized void take(long bytes) throws UnreadablePictureException {
        try {
            while (taken + bytes > most) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new UnreadablePictureException("was not read: the program is ending", "begin again");
        }
        taken += bytes;
    }

    private synchronized void giveBack(long bytes) {
        taken -= bytes;
        notifyAll();
    }
}
