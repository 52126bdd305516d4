package org.obverse.plugins.ppa;

import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.RandomCrop;

/** The part of each image that the target sees in one optimization step. */
@FunctionalInterface
interface Crops {
    /**
     * Called once per batch and step, in their order.
     *
     * @param rows the batch
     * @param step from 0
     * @return one map per row, or one for all
     */
    List<Resampling> at(int[] rows, int step);

    /** Where the crops come from. */
    @FunctionalInterface
    interface Source {
        /**
         * @param crop that draws
         * @param framed the images from which is cropped, and to whose size crops are resized
         * @param candidates that are optimized
         */
        Crops of(RandomCrop crop, Resampling framed, Candidates candidates, RandomStream random);
    }

    /** The same part in every step. */
    static Crops none(Resampling framed) {
        return (rows, step) -> List.of(framed);
    }

    /** A crop of its own for each candidate and step, whatever batch the candidate is in. */
    static Crops keyed(RandomCrop crop, Resampling framed, Candidates candidates, RandomStream random) {
        List<RandomStream> streams = IntStream.range(0, candidates.size())
                .mapToObj(candidate -> candidates.stream(random, candidate))
                .toList();
        return (rows, step) -> IntStream.of(rows)
                .mapToObj(row -> crop.draw(streams.get(row).child("step", step), framed.height(), framed.width()))
                .map(box -> cropped(framed, box))
                .toList();
    }

    /** A part of framed images, resized to the whole. */
    static Resampling cropped(Resampling framed, Box box) {
        return framed.crop(box).resize(framed.height(), framed.width());
    }
}
