package org.obverse.engine.membership;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.lend.PooledImages;
import org.obverse.engine.plan.MembershipKeys;
import org.obverse.engine.plan.Seeds;
import org.obverse.engine.training.HeldOutImages;
import org.obverse.engine.unit.Equipment;

/**
 * What one of an attacker's reference models is trained on: of all samples but the known ones, each is in the training of the same number
 * of models, which are drawn for it (Carlini et al. 2022, section VI-A: half of them). How many samples are judged makes no difference.
 *
 * @param index of the model
 * @param held what the target is not trained on, nor any of the models
 * @param seeds of the split, for the models; of the evaluation, for who is known
 */
public record ReferencePart(int index, MembershipKeys keys, Seeds seeds, HeldOutImages held) {
    /** What it depends on beside the data and the index. */
    String identity() {
        return "%d of %d models on each sample, seed %d, but %d known of either, seed %d"
                        .formatted(keys.trainedOn(), keys.references(), seeds.split(), keys.known(), seeds.evaluation())
                + (held.isEmpty() ? "" : "; held out " + held.identity());
    }

    /**
     * The images.
     *
     * @param further rows of training images that stand behind them
     */
    Images images(Dataset data, List<Integer> further) {
        Images training = data.images(Part.TRAINING);
        Images test = data.images(Part.TEST);
        return new PooledImages(
                training,
                test,
                Stream.concat(rows(training.size(), test.size()).stream().boxed(), further.stream())
                        .toList());
    }

    /** Rows as a game counts them. */
    BitSet rows(int training, int test) {
        RandomStream random = Equipment.stream(seeds.split(), "reference parts");
        Set<Integer> left = new HashSet<>(
                Draw.known(Equipment.stream(seeds.evaluation(), GameUnit.SLOT), training, test, keys.known(), held));
        left.addAll(held.rows(training));
        BitSet rows = new BitSet();
        for (int row = 0; row < training + test; row++) {
            if (!left.contains(row) && isDrawn(random.child("sample", row))) {
                rows.set(row);
            }
        }
        return rows;
    }

    private boolean isDrawn(RandomStream sample) {
        int[] models = sample.permutation(keys.references());
        return IntStream.of(models).limit(keys.trainedOn()).anyMatch(model -> model == index);
    }

    /** Those of all models. */
    static List<ReferencePart> all(MembershipKeys keys, Seeds seeds, HeldOutImages held) {
        return IntStream.range(0, keys.references())
                .mapToObj(i -> new ReferencePart(i, keys, seeds, held))
                .toList();
    }
}
