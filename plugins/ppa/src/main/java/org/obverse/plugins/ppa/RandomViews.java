package org.obverse.plugins.ppa;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;
import org.obverse.reference.random.RandomHorizontalFlip;
import org.obverse.reference.random.RandomResizedCrop;
import org.obverse.reference.random.TorchRandom;

/** The views of one selection: for each class and round one crop and one coin, shared by the candidates of the class. */
final class RandomViews {
    private final Map<Integer, List<Resampling>> byClass;

    private RandomViews(Map<Integer, List<Resampling>> byClass) {
        this.byClass = Map.copyOf(byClass);
    }

    /**
     * Keyed by class and round.
     *
     * @param framed the size of the images from which views are cut
     * @param input of the target
     */
    static RandomViews keyed(
            SelectionSettings settings, List<Integer> classes, Resampling framed, Shape input, RandomStream random) {
        Cutter cutter = new Cutter(settings, framed, input);
        Map<Integer, List<Resampling>> byClass = new HashMap<>();
        for (int target : classes) {
            List<Resampling> rounds = new ArrayList<>();
            for (int round = 0; round < settings.iterations(); round++) {
                RandomStream stream = random.child("class", target).child("round", round);
                Box box = settings.randomCrop().draw(stream, framed.height(), framed.width());
                rounds.add(cutter.view(box, stream.uniform() < settings.flipProbability() ? Coin.FLIP : Coin.KEEP));
            }
            byClass.put(target, rounds);
        }
        return new RandomViews(byClass);
    }

    /**
     * As the published code draws them: classes in the order of a Python set, for each an integer that torch's
     * DataLoader takes, then box and coin of each round.
     */
    static RandomViews reference(SelectionSettings settings, List<Integer> classes, Resampling framed, Shape input) {
        Cutter cutter = new Cutter(settings, framed, input);
        TorchRandom torch = new TorchRandom(settings.referenceSeed());
        RandomResizedCrop crop = Crops.reference(settings.randomCrop());
        RandomHorizontalFlip flip = new RandomHorizontalFlip(settings.flipProbability());
        Map<Integer, List<Resampling>> byClass = new HashMap<>();
        for (int target : PythonSet.of(classes)) {
            torch.int64();
            List<Resampling> rounds = new ArrayList<>();
            for (int round = 0; round < settings.iterations(); round++) {
                Box box = Crops.box(crop.draw(torch, framed.height(), framed.width()));
                rounds.add(cutter.view(box, flip.draw(torch) ? Coin.FLIP : Coin.KEEP));
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

    private enum Coin {
        FLIP,
        KEEP
    }

    /** Cuts views of the target's size from framed images. */
    private record Cutter(Resampling images, int height, int width) {
        Cutter(SelectionSettings settings, Resampling framed, Shape input) {
            this(
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
