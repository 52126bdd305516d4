package org.obverse.plugins.ppa;

import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.RandomCrop;

/** The part of each framed image that the target sees in one optimization step. */
@FunctionalInterface
interface Crops {
    /**
     * Called once per batch, step and view, in their order.
     *
     * @param rows the batch
     * @param step from 0
     * @param view of the same step, from 0
     * @return one rectangle of the framed images per row, or one for all
     */
    List<Box> at(int[] rows, int step, int view);

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
        Box whole = new Box(0, 0, framed.height(), framed.width());
        return (rows, step, view) -> List.of(whole);
    }

    /** A crop of its own for each candidate, step and view, whatever batch the candidate is in. */
    static Crops keyed(RandomCrop crop, Resampling framed, Candidates candidates, RandomStream random) {
        List<RandomStream> streams = IntStream.range(0, candidates.size())
                .mapToObj(candidate -> candidates.stream(random, candidate))
                .toList();
        return (rows, step, view) -> IntStream.of(rows)
                .mapToObj(row -> streams.get(row).child("step", step))
                .map(ofStep -> view == 0 ? ofStep : ofStep.child("view", view))
                .map(draws -> crop.draw(draws, framed.height(), framed.width()))
                .toList();
    }

    /** A part of framed images, resized to the whole. */
    static Resampling cropped(Resampling framed, Box box) {
        return isWhole(framed, box) ? framed : framed.crop(box).resize(framed.height(), framed.width());
    }

    private static boolean isWhole(Resampling framed, Box box) {
        return box.height() == framed.height() && box.width() == framed.width();
    }
}
