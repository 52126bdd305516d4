package org.obverse.reference.random;

/**
 * The coin of torchvision's {@code RandomHorizontalFlip}.
 *
 * @param probability of a flip, in [0, 1]
 */
public record RandomHorizontalFlip(double probability) {
    /** Whether to flip; consumes one uniform draw whatever the probability. */
    public boolean draw(TorchRandom random) {
        return random.uniform() < probability;
    }
}
