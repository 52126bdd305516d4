package org.obverse.testkit.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.lend.MembershipLoan;
import org.obverse.engine.lend.PooledImages;

/** Samples of the bench's data that membership attacks are about: as many members, from its training part, as others, from its test part. */
public final class MembershipSamples {
    private static final int KNOWN = 8;
    private static final int JUDGED = 16;

    private final Images training;
    private final Images test;
    private final List<Integer> knownMembers;
    private final List<Integer> knownOthers;
    private final List<Integer> judged;

    /**
     * @param data with a training and a test part
     */
    public MembershipSamples(Dataset data, RandomStream random) {
        this.training = data.images(Part.TRAINING);
        this.test = data.images(Part.TEST);
        int each = Math.min(training.size(), test.size());
        int known = Math.min(KNOWN, each / 3);
        int side = Math.min(JUDGED, each - known);
        int[] members = random.child("members").permutation(training.size());
        int[] others = random.child("others").permutation(test.size());
        this.knownMembers = rows(members, 0, known, 0);
        this.knownOthers = rows(others, 0, known, training.size());
        List<Integer> both = rows(members, known, known + side, 0);
        both.addAll(rows(others, known, known + side, training.size()));
        this.judged = IntStream.of(random.child("order").permutation(both.size()))
                .mapToObj(both::get)
                .toList();
    }

    private static List<Integer> rows(int[] order, int from, int to, int first) {
        List<Integer> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(first + order[i]);
        }
        return rows;
    }

    /** How many are judged. */
    public int size() {
        return judged.size();
    }

    /** Whether a judged sample is of the training part. */
    public boolean isMember(int sample) {
        return judged.get(sample) < training.size();
    }

    /** What an attack is shown, as the engine lends it. */
    public MembershipLoan.Game game() {
        return new MembershipLoan.Game(images(judged), images(knownMembers), images(knownOthers));
    }

    /** The same, with those that are judged in the other order. */
    public MembershipLoan.Game reversed() {
        List<Integer> order = new ArrayList<>(judged);
        Collections.reverse(order);
        return new MembershipLoan.Game(images(order), images(knownMembers), images(knownOthers));
    }

    /** The same images, lent as if those of the test part were the members that are judged. */
    public MembershipLoan.Game otherwise() {
        List<Integer> rows = judged.stream()
                .map(row -> row < training.size() ? row + test.size() : row - training.size())
                .toList();
        return new MembershipLoan.Game(
                new PooledImages(test, training, rows), images(knownMembers), images(knownOthers));
    }

    /** What a target was trained on: the known members, and those that are judged. */
    public Images members() {
        List<Integer> rows = new ArrayList<>(knownMembers);
        judged.stream().filter(row -> row < training.size()).forEach(rows::add);
        return images(rows);
    }

    /** What a model was trained on that knows judged samples alone. */
    public Images judged(IntPredicate trained) {
        return images(IntStream.range(0, judged.size())
                .filter(trained)
                .mapToObj(judged::get)
                .toList());
    }

    private Images images(List<Integer> rows) {
        return new PooledImages(training, test, rows);
    }
}
