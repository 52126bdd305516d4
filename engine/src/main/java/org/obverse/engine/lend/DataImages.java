package org.obverse.engine.lend;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;

/** A data set, and its images at the sizes in which networks see them. Safe for several threads. */
public final class DataImages {
    private final Dataset plain;
    private final Map<Long, Dataset> resized = new ConcurrentHashMap<>();

    public DataImages(Dataset plain) {
        this.plain = plain;
    }

    /** At its own size, which is the target's. */
    public Dataset plain() {
        return plain;
    }

    /**
     * Images as a network sees them: those that come from files are made from them at its size.
     *
     * @param input of the network
     */
    public Images images(Part part, Shape input) {
        return ResizedImages.of(sized(input).images(part), input);
    }

    private Dataset sized(Shape input) {
        boolean other = input.dimension() == 3 && !input.equals(plain.shape()) && input.get(1) == input.get(2);
        return other && plain instanceof FileBased files
                ? resized.computeIfAbsent(input.get(1), side -> files.resized(Math.toIntExact(side)))
                : plain;
    }
}
