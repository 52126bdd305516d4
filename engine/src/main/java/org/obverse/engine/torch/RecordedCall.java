package org.obverse.engine.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Calls a module's {@code forward} so that it is recorded, and answers whatever it returned.
 *
 * <p>DJL 0.35.1 has two ways to call a module: one records, and reads nothing but tensors from the result, in an order of its own if
 * it is a dictionary; the other reads everything and never records. The native call below both does the two things at once.
 */
final class RecordedCall {
    private static final RecordedCall ENTRY = found();

    private final Object library;
    private final Method run;
    private final Constructor<IValue> result;

    private RecordedCall(Object library, Method run, Constructor<IValue> result) {
        this.library = library;
        this.run = run;
        this.result = result;
    }

    /**
     * @throws EngineException if the module fails, in libtorch's words
     */
    static IValue forward(PtSymbolBlock module, NDList inputs) {
        IValue[] arguments =
                inputs.stream().map(array -> IValue.from((PtNDArray) array)).toArray(IValue[]::new);
        // A setting of the thread, as in TorchDoor.
        JniUtils.setGraphExecutorOptimize(false);
        try {
            return ENTRY.called(
                    module.getHandle(),
                    Arrays.stream(arguments).mapToLong(IValue::getHandle).toArray());
        } finally {
            Arrays.stream(arguments).forEach(IValue::close);
        }
    }

    private IValue called(long module, long[] arguments) {
        try {
            return result.newInstance(run.invoke(library, module, "forward", arguments, true, false));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof EngineException failure ? failure : notAsExpected(e);
        } catch (ReflectiveOperationException e) {
            throw notAsExpected(e);
        }
    }

    private static RecordedCall found() {
        try {
            Class<?> type = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
            Field library = type.getDeclaredField("LIB");
            library.setAccessible(true);
            Method run = type.getDeclaredMethod(
                    "moduleRunMethod", long.class, String.class, long[].class, boolean.class, boolean.class);
            run.setAccessible(true);
            Constructor<IValue> result = IValue.class.getDeclaredConstructor(long.class);
            result.setAccessible(true);
            return new RecordedCall(library.get(null), run, result);
        } catch (ReflectiveOperationException e) {
            throw notAsExpected(e);
        }
    }

    private static IllegalStateException notAsExpected(ReflectiveOperationException e) {
        return new IllegalStateException(
                "PyTorchLibrary.moduleRunMethod is not as in DJL 0.35.1: look whether this version records a call whose result is"
                        + " read as an IValue, then change RecordedCall or drop it",
                e);
    }
}
