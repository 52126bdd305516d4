package org.obverse.plugins.augmentations;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.Epoch;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;

/**
 * One square of side L is set to 0, the grey half way between black and white. Its centre is any pixel, all equally
 * likely, so that a part of the square may lie outside of the picture (DeVries and Taylor 2017, arXiv 1708.04552, section
 * 3). Rows c - ⌊L/2⌋ to c - ⌊L/2⌋ + L - 1 belong to a centre c; the published code drops the last one where L is odd.
 *
 * @param side L
 */
record SquareCutout(int side) implements DataTransform {
    @Override
    public Batch transform(Batch batch, Epoch epoch, RandomStream random) {
        if (side == 0) {
            return batch;
        }
        Pictures pictures = Pictures.of(batch.images(), Cutout.NAME);
        List<Box> squares = new ArrayList<>();
        for (int i = 0; i < pictures.count(); i++) {
            RandomStream stream = Pictures.stream(random, i);
            int[] rows = inside(stream.below(pictures.height()), pictures.height());
            int[] columns = inside(stream.below(pictures.width()), pictures.width());
            squares.add(new Box(rows[0], columns[0], rows[1] - rows[0], columns[1] - columns[0]));
        }
        return new Batch(pictures.replaced(squares, pictures.all().zerosLike()), batch.targets());
    }

    /** First of the square's lines inside of the picture, and the one after the last. */
    private int[] inside(int centre, int lines) {
        int first = centre - side / 2;
        return new int[] {Math.max(0, first), Math.min(lines, first + side)};
    }
}
