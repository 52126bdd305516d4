package org.obverse.plugins.faces;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Remembers pictures that were taken, as long as there is memory, and takes them again when it was short. May be used by
 * several threads.
 */
final class Album implements IntFunction<float[]> {
    private final IntFunction<float[]> pictures;
    private final AtomicReferenceArray<@Nullable SoftReference<float[]>> taken;

    /**
     * @param pictures takes the same picture for the same number each time, from any thread
     */
    Album(int size, IntFunction<float[]> pictures) {
        this.pictures = pictures;
        this.taken = new AtomicReferenceArray<>(size);
    }

    /** A picture, which the caller must not change. */
    @Override
    public float[] apply(int index) {
        SoftReference<float[]> reference = taken.get(index);
        float[] known = reference == null ? null : reference.get();
        if (known != null) {
            return known;
        }
        float[] picture = pictures.apply(index);
        taken.set(index, new SoftReference<>(picture));
        return picture;
    }
}
