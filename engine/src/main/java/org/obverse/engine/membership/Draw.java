package org.obverse.engine.membership;

import ai.djl.ndarray.NDScope;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.MembershipKeys;
import org.obverse.engine.plan.MembershipPlan;
import org.obverse.engine.training.HeldOutImages;

/** Draws the samples of a membership game. */
record Draw(Dataset data, MembershipKeys keys, HeldOutImages held, UnitLoan loan) {
    private static final int BATCH = 100;

    /**
     * @throws InvalidConfigurationException if an image that was drawn from the test part is in the training part, too: nobody could say
     *     whether it is a member
     */
    MembershipGame game() {
        int training = data.images(Part.TRAINING).size();
        int test = data.images(Part.TEST).size();
        int[] members = members(loan.random(), training, held);
        int[] others = others(loan.random(), test);
        List<Integer> judged =
                Stream.concat(judged(members, 0), judged(others, training)).toList();
        int[] order = loan.random().child("order").permutation(judged.size());
        MembershipGame game = new MembershipGame(
                training,
                test,
                known(members, keys.known(), 0),
                known(others, keys.known(), training),
                IntStream.of(order).mapToObj(judged::get).toList());
        requireApart(game);
        return game;
    }

    private static int[] members(RandomStream random, int training, HeldOutImages held) {
        Set<Integer> out = Set.copyOf(held.rows(training));
        return IntStream.of(random.child("members").permutation(training))
                .filter(row -> !out.contains(row))
                .toArray();
    }

    private static int[] others(RandomStream random, int test) {
        return random.child("others").permutation(test);
    }

    /**
     * Rows of the known samples, which are the same for any number of judged ones.
     *
     * @param random as the game draws from
     */
    static List<Integer> known(RandomStream random, int training, int test, int known, HeldOutImages held) {
        return Stream.concat(
                        known(members(random, training, held), known, 0).stream(),
                        known(others(random, test), known, training).stream())
                .toList();
    }

    private static List<Integer> known(int[] drawn, int known, int before) {
        return IntStream.of(Arrays.copyOf(drawn, known))
                .mapToObj(row -> before + row)
                .toList();
    }

    private Stream<Integer> judged(int[] drawn, int before) {
        return IntStream.of(Arrays.copyOfRange(drawn, keys.known(), keys.known() + keys.samples()))
                .mapToObj(row -> before + row);
    }

    /** No test image that was drawn is one of all training images. */
    private void requireApart(MembershipGame game) {
        Map<String, Integer> members = new HashMap<>();
        hash(Part.TRAINING, IntStream.range(0, game.training()).toArray(), members::putIfAbsent);
        int[] others = Stream.of(game.knownOthers(), game.samples())
                .flatMap(List::stream)
                .mapToInt(row -> row - game.training())
                .filter(row -> row >= 0)
                .sorted()
                .toArray();
        hash(Part.TEST, others, (pixels, other) -> {
            Integer member = members.get(pixels);
            if (member != null) {
                throw new InvalidConfigurationException(new Problem(
                        MembershipPlan.SECTION,
                        "test image %d has the pixels of training image %d, so that it is a member and is not"
                                .formatted(other, member),
                        "take it out of one of both parts; a run's data lists all images that are in two"));
            }
        });
    }

    /** In the order of the rows. */
    private void hash(Part part, int[] rows, BiConsumer<String, Integer> found) {
        Images images = data.images(part);
        for (int from = 0; from < rows.length; from += BATCH) {
            loan.checkpoint();
            int[] batch = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + BATCH));
            try (NDScope scope = new NDScope()) {
                ByteBuffer pixels = images.read(loan.manager(), batch).toByteBuffer();
                int length = pixels.remaining() / batch.length;
                for (int i = 0; i < batch.length; i++) {
                    MessageDigest digest = Sha256.digest();
                    digest.update(pixels.slice(pixels.position() + i * length, length));
                    found.accept(HexFormat.of().formatHex(digest.digest()), batch[i]);
                }
            }
        }
    }
}
