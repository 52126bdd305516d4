package org.obverse.plugins.ppa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.RandomCrop;
import org.obverse.plugins.ppa.RandomViews.Coin;
import org.obverse.plugins.ppa.RandomViews.Cutter;
import org.obverse.reference.random.CropBox;
import org.obverse.reference.random.NumpyRandom;
import org.obverse.reference.random.RandomHorizontalFlip;
import org.obverse.reference.random.RandomResizedCrop;
import org.obverse.reference.random.TorchRandom;

/** The random numbers of the published code (revision 3087a4f0), in the order in which it draws them. */
final class ReferenceDraws {
    private ReferenceDraws() {}

    /** {@code numpy.random.RandomState(seed).randn(size, length)}, rounded to float32. */
    static LatentPool pool(long seed, int size, int length) {
        double[] draws = new NumpyRandom(seed).gaussians(size * length);
        float[] values = new float[draws.length];
        for (int i = 0; i < draws.length; i++) {
            values[i] = (float) draws[i];
        }
        return new LatentPool(length, values);
    }

    /** torch's next crop for each batch, step and view, shared by the batch. */
    static Crops crops(long seed, RandomCrop crop, Resampling framed) {
        TorchRandom torch = new TorchRandom(seed);
        RandomResizedCrop rule = rule(crop);
        return (rows, step, view) -> List.of(box(rule.draw(torch, framed.height(), framed.width())));
    }

    /**
     * Classes in the order of a Python set, for each an integer that torch's DataLoader takes, then box and coin of each
     * round.
     */
    static RandomViews views(long seed, SelectionSettings settings, List<Integer> classes, Cutter cutter) {
        TorchRandom torch = new TorchRandom(seed);
        RandomResizedCrop crop = rule(settings.randomCrop());
        RandomHorizontalFlip flip = new RandomHorizontalFlip(settings.flipProbability());
        Map<Integer, List<Resampling>> byClass = new HashMap<>();
        for (int target : PythonSet.of(classes)) {
            torch.int64();
            List<Resampling> rounds = new ArrayList<>();
            for (int round = 0; round < settings.iterations(); round++) {
                Box box = box(crop.draw(
                        torch, cutter.images().height(), cutter.images().width()));
                rounds.add(cutter.view(box, flip.draw(torch) ? Coin.FLIP : Coin.KEEP));
            }
            byClass.put(target, rounds);
        }
        return new RandomViews(byClass);
    }

    private static RandomResizedCrop rule(RandomCrop crop) {
        return new RandomResizedCrop(crop.minArea(), crop.maxArea(), crop.minRatio(), crop.maxRatio());
    }

    private static Box box(CropBox box) {
        return new Box(box.top(), box.left(), box.height(), box.width());
    }
}
