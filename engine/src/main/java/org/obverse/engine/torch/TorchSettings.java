package org.obverse.engine.torch;

/**
 * How the native engine is to run.
 *
 * @param device {@code cpu}, {@code gpu} (the first), {@code gpu:1}, …, or {@code auto}: the first GPU if the native
 *     library has CUDA and finds one, else the CPU
 * @param threads of one operator, at least 1. Results are equal bit by bit only between runs with the same number;
 *     workers over batches gain more than threads inside operators. It holds for the whole process: the last start
 *     decides.
 * @param tf32 {@link Tf32#CONVOLUTIONS} on the CPU, which has no such type
 * @param cudnn {@link Cudnn#HEURISTIC} on the CPU, which has no cuDNN
 */
public record TorchSettings(String device, int threads, Tf32 tf32, Cudnn cudnn) {
    /** What a GPU does by default. */
    public TorchSettings(String device, int threads) {
        this(device, threads, Tf32.CONVOLUTIONS, Cudnn.HEURISTIC);
    }

    /** The same on another device. */
    public TorchSettings on(String other) {
        return new TorchSettings(other, threads, tf32, cudnn);
    }

    /** {@code auto} and one thread. */
    public static TorchSettings defaults() {
        return new TorchSettings("auto", 1);
    }
}
