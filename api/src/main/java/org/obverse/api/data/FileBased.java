package org.obverse.api.data;

import java.util.List;

/**
 * A data set whose images are read from files. A run records which files these are, and does not go on once they are other
 * ones.
 */
public interface FileBased extends Dataset {
    /**
     * The files of a part, in the order of its images; all of them are read for this, unless their hashes are known.
     *
     * @throws IllegalArgumentException if the part does not exist
     */
    List<DataFile> files(Part part);

    /**
     * The same images in the same order, made from their files at another size, as they would be if the configuration named
     * it. It is asked for on any thread and kept for the run, so it makes no arrays before it is read.
     *
     * @param side height and width in pixels
     */
    Dataset resized(int side);

    /**
     * A file with an image, or one image of a file with many: that has an entry of its own, as if it were a file.
     *
     * @param path below the folder that the configuration names, with {@code /} between the names; of an image of many the file's path
     *     and the image's number in it, from 0
     * @param bytes its length
     * @param sha256 of its bytes, 64 lower-case hexadecimal digits
     */
    record DataFile(String path, long bytes, String sha256) {}
}
