package org.obverse.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives every array that a thread creates from Java data memory of its own.
 *
 * <p>On the CPU, DJL 0.35.1 lays such an array over the memory of a Java buffer, which lives only until the array is
 * closed. A graph and a view outlive that: {@code x.mul(5.0)} makes an array of the 5, saves it for the derivative, and
 * closes it before it returns. Once the garbage collector has freed the buffer, the derivative is computed from whatever
 * stands in its place, in silence. Here the array's data are copied into torch's memory before anybody can use it.
 *
 * <p>DJL offers no place for this but one: each new array registers with the innermost {@link NDScope} of its thread. So
 * the thread's stack of scopes is replaced by one that hears every registration and passes it on. What {@code
 * NDArray.set(Buffer)} writes later is not heard: that memory lives until the array is closed.
 */
final class OwnedMemory {
    private static final Field STACK = field(NDScope.class, "SCOPE_STACK");
    private static final Field RESOURCES = field(NDScope.class, "resources");
    private static final Field BUFFER = field(PtNDArray.class, "dataRef");

    private OwnedMemory() {}

    /** From now on, arrays that this thread creates own their memory. Saying it again changes nothing. */
    static void onThisThread() {
        ThreadLocal<Deque<NDScope>> stacks = stacks();
        Deque<NDScope> before = stacks.get();
        if (!(before instanceof HearingStack)) {
            NDScope ear = new NDScope();
            before.remove(ear);
            HearingStack stack = new HearingStack(before, ear);
            write(RESOURCES, ear, new Registrations(stack));
            stacks.set(stack);
        }
    }

    private static void own(PtNDArray array) {
        if (read(BUFFER, array) != null) {
            PtNDArray copy = JniUtils.clone(array);
            array.intern(copy);
            NDScope.unregister(copy);
            write(BUFFER, array, null);
        }
    }

    /** The open scopes of a thread. Towards DJL, the ear is always the innermost one. */
    private static final class HearingStack extends ArrayDeque<NDScope> {
        private final NDScope ear;

        HearingStack(Deque<NDScope> open, NDScope ear) {
            super(open);
            this.ear = ear;
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public NDScope getLast() {
            return ear;
        }
    }

    /** What DJL takes for the arrays of the innermost scope. */
    private static final class Registrations extends IdentityHashMap<NDArray, NDArray> {
        private final HearingStack stack;

        Registrations(HearingStack stack) {
            this.stack = stack;
        }

        @Override
        public @Nullable NDArray put(NDArray array, NDArray same) {
            own((PtNDArray) array);
            NDScope innermost = stack.peekLast();
            return innermost == null ? null : arrays(innermost).put(array, same);
        }

        @Override
        public @Nullable NDArray remove(Object array) {
            NDScope innermost = stack.peekLast();
            return innermost == null ? null : arrays(innermost).remove(array);
        }
    }

    @SuppressWarnings("unchecked")
    private static ThreadLocal<Deque<NDScope>> stacks() {
        return (ThreadLocal<Deque<NDScope>>) known(read(STACK, null));
    }

    @SuppressWarnings("unchecked")
    private static Map<NDArray, NDArray> arrays(NDScope scope) {
        return (Map<NDArray, NDArray>) known(read(RESOURCES, scope));
    }

    private static Field field(Class<?> owner, String name) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(notAsExpected(owner.getSimpleName() + "." + name), e);
        }
    }

    private static @Nullable Object read(Field field, @Nullable Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(notAsExpected(field.getName()), e);
        }
    }

    private static void write(Field field, Object owner, @Nullable Object value) {
        try {
            field.set(owner, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(notAsExpected(field.getName()), e);
        }
    }

    private static Object known(@Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException(notAsExpected("NDScope"));
        }
        return value;
    }

    private static String notAsExpected(String field) {
        return field + " is not as in DJL 0.35.1: look whether this version still lays arrays over Java buffers, then"
                + " change OwnedMemory or drop it";
    }
}
