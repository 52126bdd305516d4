package org.obverse.plugins.vmi;

/**
 * The sizes of a flow.
 *
 * @param size D, of what it transforms
 * @param depth how many steps it has before its last affine layer
 * @param hidden units in each of the two hidden layers of a step's network
 */
record FlowShape(int size, int depth, int hidden) {
    /** Coordinates that a step's network reads. */
    int read() {
        return size / 2;
    }

    /** Coordinates to which it adds. */
    int changed() {
        return size - read();
    }

    /** Numbers in an affine layer: logarithms of scales, then shifts. */
    int affine() {
        return 2 * size;
    }

    /** Numbers in a step's network: weights and biases of each of its three layers. */
    int network() {
        return (read() + 1) * hidden + (hidden + 1) * hidden + (hidden + 1) * changed();
    }

    /** Numbers in the whole flow. */
    int parameters() {
        return depth * (affine() + network()) + affine();
    }
}
