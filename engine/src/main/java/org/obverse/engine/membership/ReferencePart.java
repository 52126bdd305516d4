package org.obverse.engine.membership;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.plan.MembershipKeys;
import org.obverse.engine.unit.Equipment;

/**
 * What one of an attacker's reference models is trained on: of all samples but the known ones, each is in the training of the same number
 * of models, which are drawn for it (Carlini et al. 2022, section VI-A: half of them).
 *
 * @param index of the model
 * @param seed of the split
 */
public record ReferencePart(int index, MembershipKeys keys, long seed) {
    /** What it depends on beside the game and the index. */
    String identity() {
        return "%d of %d models on each sample, seed %d".formatted(keys.trainedOn(), keys.references(), seed);
    }

    /** The images. */
    Images images(MembershipGame game, Dataset data) {
        return game.rows(data, rows(game).stream().boxed().toList());
    }

    /** Rows of the game's pool. */
    BitSet rows(MembershipGame game) {
        RandomStream random = Equipment.stream(seed, "reference parts");
        Set<Integer> known = new HashSet<>(game.knownMembers());
        known.addAll(game.knownOthers());
        BitSet rows = new BitSet();
        for (int row = 0; row < game.training() + game.test(); row++) {
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
    static List<ReferencePart> all(MembershipKeys keys, long seed) {
        return IntStream.range(0, keys.references())
                .mapToObj(i -> new ReferencePart(i, keys, seed))
                .toList();
    }
}
