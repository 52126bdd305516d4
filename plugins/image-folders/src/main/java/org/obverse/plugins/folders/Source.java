package org.obverse.plugins.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where an image comes from.
 *
 * @param name the file's path below the data set's folder, with {@code /} between the names
 * @param cut the part of the picture that is used
 */
record Source(Path file, String name, Cut cut) {
    /**
     * A part of a picture.
     *
     * @param width in pixels; 0 if the whole picture is used
     */
    record Cut(int left, int top, int width, int height) {
        static final Cut NOTHING = new Cut(0, 0, 0, 0);

        Pixels of(Pixels picture) {
            return equals(NOTHING) ? picture : picture.crop(left, top, width, height);
        }
    }

    Source(Path file, String name) {
        this(file, name, Cut.NOTHING);
    }

    /** The decoded picture, cut out. */
    Pixels picture() throws UnreadablePictureException {
        return cut.of(PictureReader.read(bytes()));
    }

    private byte[] bytes() throws UnreadablePictureException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UnreadablePictureException("is gone since the folder was listed", "put it back, or begin again");
        } catch (IOException e) {
            throw new UnreadablePictureException("cannot be read (" + e + ")", "make it readable, or remove it");
        }
    }
}
