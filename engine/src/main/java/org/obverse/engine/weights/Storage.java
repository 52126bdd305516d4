package org.obverse.engine.weights;

/** The memory that tensors are views of. */
sealed interface Storage {
    ElementType type();

    long elements();

    /** Its bytes are elsewhere in the file, under a key. */
    record Keyed(ElementType type, String key, long elements) implements Storage {}

    /** Its bytes came with it. */
    record Held(ElementType type, ByteSource bytes) implements Storage {
        @Override
        public long elements() {
            return bytes.length() / type.bytes();
        }
    }
}
