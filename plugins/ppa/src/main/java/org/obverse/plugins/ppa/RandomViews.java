package org.obverse.plugins.ppa;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;

/** The views of one selection: for each class and round one crop and one coin, shared by the candidates of the class. */
final class RandomViews {
    private final Map<Integer, List<Resampling>> byClass;

    /**
     * @param byClass the views of each class, round by round
     */
    RandomViews(Map<Integer, List<Resampling>> byClass) {
        this.byClass = Map.copyOf(byClass);
    }

    /** Where the views come from. */
    @FunctionalInterface
    interface Source {
        RandomViews draw(SelectionSettings settings, List<Integer> classes, Cutter cutter, RandomStream random);
    }

    /** Keyed by class and round. */
    static RandomViews keyed(SelectionSettings settings, List<Integer> classes, Cutter cutter, RandomStream random) {
        Map<Integer, List<Resampling>> byClass = new HashMap<>();
        for (int target : classes) {
            List<Resampling> rounds = new ArrayList<>();
            for (int round = 0; round < settings.iterations(); round++) {
                RandomStream stream = random.child("class", target).child("round", round);
                Box box = settings.randomCrop()
                        .draw(stream, cutter.images().height(), cutter.images().width());
                rounds.add(cutter.view(box, stream.uniform() < settings.flipProbability() ? Coin.FLIP : Coin.KEEP));
            }
            byClass.put(target, rounds);
        }
        return new RandomViews(byClass);
    }

    /** The view that candidates of a class show in a round. */
    Resampling view(int target, int round) {
        List<Resampling> rounds = byClass.get(target);
        if (rounds == null) {
            throw new IllegalArgumentException("no views were drawn for class " + target);
        }
        return rounds.get(round);
    }

    enum Coin {
        FLIP,
        KEEP
    }

    /**
     * Cuts views from framed images.
     *
     * @param images the whole of a framed image
     * @param height of a view
     * @param width of a view
     */
    record Cutter(Resampling images, int height, int width) {
        /**
         * @param framed the size of the images from which views are cut
         * @param input of the target
         */
        static Cutter of(SelectionSettings settings, Resampling framed, Shape input) {
            return new Cutter(
                    Resampling.of(framed.height(), framed.width()),
                    settings.viewSize() == 0 ? Math.toIntExact(input.get(1)) : settings.viewSize(),
                    settings.viewSize() == 0 ? Math.toIntExact(input.get(2)) : settings.viewSize());
        }

        Resampling view(Box box, Coin coin) {
            Resampling view = images.crop(box).resize(height, width);
            return coin == Coin.FLIP ? view.flip() : view;
        }
    }
}
