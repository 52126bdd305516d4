package org.obverse.engine.weights;

/**
 * What a file may cost before it is refused: far more than any network that Obverse knows needs, and little enough that a
 * hostile file is refused while it has taken a few hundred megabytes at most.
 */
final class Limits {
    /** Values that a pickle makes. Three networks of 32 pixels make about 7,000. */
    static final int PICKLE_VALUES = 1_000_000;

    /** Values that a pickle puts on its stack, those that it takes from its memo included. */
    static final int PICKLE_PUSHES = 4_000_000;

    /** Bytes of a text that is kept in memory; longer ones, such as sources, stay in the file. */
    static final int TEXT = 4096;

    /** Bytes of all texts of a pickle that are kept in memory. */
    static final long ALL_TEXT = 64L << 20;

    /** Bytes of a pickled integer. */
    static final int INTEGER = 1024;

    /** Nesting of containers and modules. */
    static final int DEPTH = 64;

    /** Containers, tensors and other values that are looked at while tensors are named. */
    static final int VISITS = 1_000_000;

    static final int TENSORS = 200_000;
    static final int NAME = 512;
    static final int RANK = 32;

    /** Elements that one axis, or one tensor, may claim before anything else is computed with the number. */
    static final long ELEMENTS = 1L << 40;

    /** Bytes of one tensor: more than twice the largest layer of VGG-16. */
    static final long TENSOR_BYTES = 1L << 30;

    /** Bytes of a view whose elements are put in order in memory. */
    static final long GATHERED = 1L << 27;

    /** Elements that a view may have beyond those of its storage, by strides of 0. */
    static final long REPEATED = 1L << 20;

    /** Bytes of all tensors together, for each byte of the file. */
    static final long TENSORS_PER_BYTE = 16;

    /** Bytes of all tensors together that any file may hold. */
    static final long ANY_FILE = 64L << 20;

    static final int ZIP_MEMBERS = 100_000;

    /** Bytes of the directory of a zip file. */
    static final int ZIP_DIRECTORY = 64 << 20;

    /** Bytes of a packed zip member when unpacked: the one place where a small file makes much memory. */
    static final long UNPACKED = 1L << 28;

    /** The most that deflate can shrink a byte stream; a member that claims more lies. */
    static final long DEFLATE_RATIO = 1032;

    /** Entries of metadata that are kept, and the length of each. */
    static final int METADATA = 400;

    static final int METADATA_TEXT = 200;

    /** Arguments of an unknown object that are told, and elements of a tuple that is a key. */
    static final int ARGUMENTS = 8;

    private Limits() {}
}
