package org.obverse.engine.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A tensor as torch describes it: which elements of a storage, in which order. Made by {@link #of} only, which checks
 * that all of them exist.
 */
final class TensorView {
    private static final ByteSource NOTHING = new ByteSource.Memory(ByteBuffer.allocate(0));

    private final Storage storage;
    private final long offset;
    private final long[] sizes;
    private final long[] strides;

    private TensorView(Storage storage, long offset, long[] sizes, long[] strides) {
        this.storage = storage;
        this.offset = offset;
        this.sizes = sizes;
        this.strides = strides;
    }

    /**
     * @param place of the description, for refusals
     */
    static TensorView of(Place place, long at, Storage storage, long offset, long[] sizes, long[] strides) {
        if (sizes.length != strides.length || sizes.length > Limits.RANK) {
            throw place.refusedAt(
                    at,
                    "a tensor has " + sizes.length + " axes and " + strides.length + " strides; at most " + Limits.RANK
                            + " are read");
        }
        long elements = elements(place, at, sizes);
        if (elements > Limits.TENSOR_BYTES / storage.type().bytes()) {
            throw place.refusedAt(
                    at,
                    "a tensor of shape " + Arrays.toString(sizes) + " is larger than the limit of "
                            + Limits.TENSOR_BYTES + " bytes");
        }
        if (elements > storage.elements() && elements - storage.elements() > Limits.REPEATED) {
            throw place.refusedAt(
                    at,
                    "a tensor of shape " + Arrays.toString(sizes) + " repeats a storage of " + storage.elements()
                            + " elements");
        }
        requireInside(place, at, storage, offset, sizes, strides, elements);
        TensorView view = new TensorView(storage, offset, sizes.clone(), strides.clone());
        if (view.in(NOTHING).cost() > Limits.TENSOR_BYTES) {
            throw place.refusedAt(
                    at,
                    "a tensor of shape " + Arrays.toString(sizes) + " is spread over more than the limit" + " of "
                            + Limits.TENSOR_BYTES + " bytes");
        }
        return view;
    }

    private static void requireInside(
            Place place, long at, Storage storage, long offset, long[] sizes, long[] strides, long elements) {
        boolean possible = offset >= 0 && Arrays.stream(strides).allMatch(stride -> stride >= 0);
        long last = offset;
        for (int axis = 0; possible && elements > 0 && axis < sizes.length; axis++) {
            if (sizes[axis] > 1 && strides[axis] > (Limits.ELEMENTS - 1) / (sizes[axis] - 1)) {
                possible = false;
            } else {
                last += (sizes[axis] - 1) * strides[axis];
            }
        }
        if (!possible || last < 0 || (elements > 0 && last >= storage.elements())) {
            throw place.refusedAt(
                    at,
                    "a tensor of shape " + Arrays.toString(sizes) + ", offset " + offset
                            + " and strides " + Arrays.toString(strides) + " points outside its storage of "
                            + storage.elements() + " elements");
        }
    }

    /** The number of elements of a shape whose axes are possible. */
    static long elements(Place place, long at, long[] sizes) {
        long elements = 1;
        boolean possible = Arrays.stream(sizes).allMatch(size -> size >= 0 && size <= Limits.ELEMENTS);
        boolean empty = Arrays.stream(sizes).anyMatch(size -> size == 0);
        for (int axis = 0; possible && axis < sizes.length; axis++) {
            if (sizes[axis] > 0 && elements > Limits.ELEMENTS / sizes[axis]) {
                possible = false;
            } else {
                elements *= Math.max(1, sizes[axis]);
            }
        }
        if (!possible) {
            throw place.refusedAt(at, "a tensor has the impossible shape " + Arrays.toString(sizes));
        }
        return empty ? 0 : elements;
    }

    Storage storage() {
        return storage;
    }

    int rank() {
        return sizes.length;
    }

    /** The tensor, once it is known where its storage's bytes are. */
    StoredTensor in(ByteSource bytes) {
        return new StoredTensor(storage.type(), bytes, offset, sizes, strides);
    }
}
