package org.obverse.engine.membership;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.lend.PooledImages;
import org.obverse.engine.plan.MembershipKeys;
import org.obverse.engine.plan.Seeds;
import org.obverse.engine.unit.Equipment;

/**
 * What one of an attacker's reference models is trained on: of all samples but the known ones, each is in the training of the same number
 * of models, which are drawn for it (Carlini et al. 2022, section VI-A: half of them). How many samples are judged makes no difference.
 *
 * @param index of the model
 * @param seeds of the split, for the models; of the evaluation, for who is known
 */
public record ReferencePart(int index, MembershipKeys keys, Seeds seeds) {
    /** What it depends on beside the data and the index. */
    String identity() {
        return "%d of %d models on each sample, seed %d, but %d known of either, seed %d"
                .formatted(keys.trainedOn(), keys.references(), seeds.split(), keys.known(), seeds.evaluation());
    }

    /** The images. */
    Images images(Dataset data) {
        Images training = data.images(Part.TRAINING);
        Images test = data.images(Part.TEST);
        return new PooledImages(
                training,
                test,
                rows(training.size(), test.size()).stream().boxed().toList());
    }

    /** Rows as a game counts them. */
    BitSet rows(int training, int test) {
        RandomStream random = Equipment.stream(seeds.split(), "reference parts");
        Set<Integer> known = new HashSet<>(
                Draw.known(Equipment.stream(seeds.evaluation(), GameUnit.SLOT), training, test, keys.known()));
        BitSet rows = new BitSet();
        for (int row = 0; row < training + test; row++) {
            if (!known.contains(row) && isDrawn(random.child("sample", row))) {
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
    static List<ReferencePart> all(MembershipKeys keys, Seeds seeds) {
        return IntStream.range(0, keys.references())
                .mapToObj(i -> new ReferencePart(i, keys, seeds))
                .toList();
    }
}
