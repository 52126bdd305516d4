package org.obverse.api.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Objects that runs on several machines share: a bucket, a folder on a network disk. An object has a key, and its bytes never change. A
 * key consists of parts of lower-case letters, digits, hyphens and dots, with slashes between them, such as {@code
 * references/0a1b}; it has at most 200 characters.
 *
 * <p>Every run and every worker makes its own, asks it from several threads at once, and closes it last. It connects when it is first
 * asked. Once a call has returned, every later call of anybody sees what it did.
 *
 * <p>All methods throw an {@link IOException} when the store does not answer, though that was tried for as long as its author sees fit;
 * whether the call had an effect is not known then, and the caller ends or asks again.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * Puts an object where there is none of its key. Of all who try at once, one succeeds. Whoever reads it finds all of its bytes or no
     * object, also if this process is killed meanwhile.
     *
     * @param bytes a file that is only read
     * @return whether there was none; may be false, too, if an earlier attempt of this same call had put it and was not answered
     */
    boolean putIfAbsent(String key, Path bytes) throws IOException;

    /**
     * Writes an object's bytes, and does not close what it writes to.
     *
     * @return whether there is such an object; nothing is written if not
     */
    boolean get(String key, OutputStream bytes) throws IOException;

    /**
     * All keys that begin with a text, in ascending order.
     *
     * @param prefix with at least one slash
     */
    List<String> list(String prefix) throws IOException;

    /** Takes an object out; there need be none. Its key can be put again. */
    void remove(String key) throws IOException;

    /** Ends; nothing is asked any more. */
    @Override
    void close();
}
