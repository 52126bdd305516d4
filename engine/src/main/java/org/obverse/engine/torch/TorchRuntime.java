package org.obverse.engine.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;

/**
 * The running native engine, and the door to what DJL does not offer of it. Start one per process, before any plugin's
 * class loader exists, and share it: all its methods may be called from any thread.
 *
 * <p>The engine never goes to the network: starting sets {@code ai.djl.offline} and {@code OPT_OUT_TRACKING} for the
 * process unless they are set already. The native library is unpacked into {@code ENGINE_CACHE_DIR}, else
 * {@code DJL_CACHE_DIR}, else {@code ~/.djl.ai} (448 MB, once).
 *
 * <p>torch records operations by thread, and a new thread records; it also runs operators on every core, and DJL lays
 * its arrays over Java memory that a graph outlives. {@link #start} mends all three on its own thread; let
 * {@link #threads} make the others, or call {@link #quiet} first on threads that something else made.
 */
public final class TorchRuntime implements AutoCloseable {
    private final NDManager root;
    private final TorchDoor door;
    private final Gradients gradients;
    private final Operators operators;
    private final SampleNorms norms;
    private final int operatorThreads;

    private TorchRuntime(NDManager root, int operatorThreads) {
        this.root = root;
        this.operatorThreads = operatorThreads;
        this.door = new TorchDoor(root.newSubManager(Device.cpu()));
        this.gradients = new TorchGradients(door);
        this.operators = new TorchOperators(door, Convolutions.of(door, System.getenv()));
        this.norms = new SampleNorms(door);
    }

    /** Starts with {@link TorchSettings#defaults}. */
    public static TorchRuntime start() {
        return start(TorchSettings.defaults());
    }

    /**
     * Starts the engine: about a second, three when the native library is unpacked for the first time.
     *
     * @throws IllegalArgumentException if the settings name no device that exists, fewer than one thread, or what only a
     *     GPU can do, or only another process, because its environment decides
     * @throws ai.djl.engine.EngineException if the native library is missing or does not load
     */
    public static TorchRuntime start(TorchSettings settings) {
        if (settings.threads() < 1) {
            throw new IllegalArgumentException(
                    "threads: an operator needs at least one thread, not " + settings.threads());
        }
        Engine engine = engine();
        Device device = device(settings.device(), usableGpus(engine));
        if (device.isGpu()) {
            prepareGpu(settings, System.getenv());
        } else {
            requireNoGpuSettings(settings);
        }
        TorchRuntime runtime = new TorchRuntime(engine.newBaseManager(device), settings.threads());
        runtime.quiet();
        return runtime;
    }

    /** The root of all managers, on the chosen device. Take sub-managers; arrays of the root live until the end. */
    public NDManager manager() {
        return root;
    }

    /** The device that {@link #manager} creates arrays on. */
    public Device device() {
        return root.getDevice();
    }

    /** Derivatives, for any thread. */
    public Gradients gradients() {
        return gradients;
    }

    /** Operators that NDArray lacks, for any thread. */
    public Operators operators() {
        return operators;
    }

    /** What a weight's uses say of each sample's gradient, for any thread. */
    public SampleNorms sampleNorms() {
        return norms;
    }

    /**
     * Adam as {@code torch.optim.Adam} computes it (Kingma and Ba, Algorithm 1, with both bias corrections):
     * {@code w -= rate * mHat / (sqrt(vHat) + epsilon)}.
     *
     * @param variables floating-point arrays in row-major layout, changed in place by each step
     * @param weightDecay times the variable is added to its gradient (L2, not decoupled)
     * @throws IllegalArgumentException for constants outside their range or unsuitable variables
     */
    public ResumableOptimizer adam(NDList variables, double beta1, double beta2, double epsilon, double weightDecay) {
        return FusedOptimizer.adam(
                door, root.newSubManager(), variables, constants(beta1, beta2, epsilon, weightDecay));
    }

    /**
     * As {@link #adam}, with decoupled weight decay (Loshchilov and Hutter 2019, Algorithm 2, as {@code torch.optim.AdamW}
     * has it): before each step variables are multiplied by {@code 1 - rate * weightDecay}, and the moments do not see it.
     */
    public ResumableOptimizer adamW(NDList variables, double beta1, double beta2, double epsilon, double weightDecay) {
        return FusedOptimizer.adamW(
                door, root.newSubManager(), variables, constants(beta1, beta2, epsilon, weightDecay));
    }

    /**
     * As {@link #adam}, divided by the root of the largest second moment so far (Reddi, Kale and Kumar 2018, arXiv 1904.09237,
     * Algorithm 2, with Adam's bias corrections, as {@code torch.optim.Adam(amsgrad=True)} has it).
     */
    public ResumableOptimizer amsgrad(
            NDList variables, double beta1, double beta2, double epsilon, double weightDecay) {
        return FusedOptimizer.amsgrad(
                door, root.newSubManager(), variables, constants(beta1, beta2, epsilon, weightDecay));
    }

    private static FusedOptimizer.AdamConstants constants(
            double beta1, double beta2, double epsilon, double weightDecay) {
        requireRange("beta1", beta1, 1);
        requireRange("beta2", beta2, 1);
        requireRange("epsilon", epsilon, Double.POSITIVE_INFINITY);
        requireRange("weightDecay", weightDecay, Double.POSITIVE_INFINITY);
        return new FusedOptimizer.AdamConstants(beta1, beta2, epsilon, weightDecay);
    }

    /**
     * Gradient descent as {@code torch.optim.SGD} computes it, without dampening: {@code v = momentum * v + g}, then
     * {@code w -= rate * v}, or {@code w -= rate * (g + momentum * v)} for Nesterov's form.
     *
     * @param variables floating-point arrays in row-major layout, changed in place by each step
     * @param weightDecay times the variable is added to its gradient
     * @throws IllegalArgumentException for constants outside their range or unsuitable variables
     */
    public ResumableOptimizer sgd(NDList variables, double momentum, Momentum form, double weightDecay) {
        requireRange("momentum", momentum, Double.POSITIVE_INFINITY);
        requireRange("weightDecay", weightDecay, Double.POSITIVE_INFINITY);
        if (form == Momentum.NESTEROV && momentum == 0) {
            throw new IllegalArgumentException("momentum: Nesterov's form needs a momentum above 0");
        }
        return FusedOptimizer.sgd(
                door, root.newSubManager(), variables, new FusedOptimizer.SgdConstants(momentum, form, weightDecay));
    }

    /**
     * Loads a TorchScript module onto the device, in evaluation mode, with frozen weights.
     *
     * @param subject what to call the file in messages
     * @param owner the module is closed with it
     * @throws InvalidConfigurationException if libtorch cannot load the file, in its words
     */
    public ScriptedModule script(Path file, String subject, NDManager owner) {
        return TorchModule.load(file, subject, owner.newSubManager());
    }

    /** Makes daemon threads {@code name-1}, {@code name-2}, … that do not record until asked to. */
    public ThreadFactory threads(String name) {
        AtomicInteger made = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(
                    () -> {
                        quiet();
                        task.run();
                    },
                    name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Prepares the calling thread as {@link #threads} prepares those that it makes: nothing is recorded, operators take
     * this runtime's number of threads, and arrays own their memory.
     */
    public void quiet() {
        JniUtils.setGradMode(false);
        OwnedMemory.onThisThread();
        // OpenMP keeps this number by thread, and a new thread starts with the number of cores.
        JniUtils.setNumThreads(operatorThreads);
    }

    /** What runs underneath. */
    public NativeFacts facts() {
        Engine engine = engine();
        return new NativeFacts(
                engine.getVersion(),
                Path.of(LibUtils.getLibtorchPath()),
                device().toString(),
                usableGpus(engine),
                JniUtils.getNumThreads(),
                Utils.getEngineCacheDir());
    }

    /** Releases every array of this runtime. The native library stays loaded: a process cannot unload it. */
    @Override
    public void close() {
        root.close();
    }

    /** The two forms of momentum in {@code torch.optim.SGD}. */
    public enum Momentum {
        /** Polyak's heavy ball. */
        CLASSICAL,
        NESTEROV
    }

    /** DJL looks for its engine once, through the context class loader, which must therefore be ours. */
    private static Engine engine() {
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
        setIfAbsent("ai.djl.pytorch.graph_optimizer", "false");
        setIfAbsent("ai.djl.pytorch.num_interop_threads", "1");
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        thread.setContextClassLoader(TorchRuntime.class.getClassLoader());
        try {
            return Engine.getEngine("PyTorch");
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static int usableGpus(Engine engine) {
        return engine.hasCapability(StandardCapabilities.CUDA) ? engine.getGpuCount() : 0;
    }

    private static Device device(String name, int gpus) {
        if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
            return Device.cpu();
        }
        int index = switch (name) {
            case "auto", "gpu" -> 0;
            default -> name.matches("gpu:\\d{1,4}") ? Integer.parseInt(name.substring(4)) : -1;
        };
        if (index < 0) {
            throw new IllegalArgumentException("device: '" + name + "' is none of auto, cpu, gpu, gpu:1, gpu:2, …");
        }
        if (index >= gpus) {
            throw new IllegalArgumentException("device: '" + name + "' does not exist, libtorch can use " + gpus
                    + " GPUs here; use 'cpu' or 'auto'");
        }
        return Device.gpu(index);
    }

    private static void prepareGpu(TorchSettings settings, Map<String, String> environment) {
        requireTf32(settings.tf32(), environment);
        JniUtils.setBenchmarkCuDNN(settings.cudnn() == Cudnn.BENCHMARK);
    }

    static void requireTf32(Tf32 wanted, Map<String, String> environment) {
        Tf32 given = Tf32.of(environment);
        if (given != wanted) {
            throw new IllegalArgumentException(
                    "tf32: '%s' is wanted, but this process computes '%s'; start it with %s in its environment"
                            .formatted(label(wanted), label(given), wanted.variables()));
        }
    }

    private static void requireNoGpuSettings(TorchSettings settings) {
        TorchSettings plain = new TorchSettings(settings.device(), settings.threads());
        if (!settings.equals(plain)) {
            throw new IllegalArgumentException(
                    "device: tf32 '%s' and cudnn '%s' change nothing on the CPU; drop the keys, or choose a GPU"
                            .formatted(label(settings.tf32()), label(settings.cudnn())));
        }
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void requireRange(String name, double value, double below) {
        if (!(value >= 0 && value < below)) {
            throw new IllegalArgumentException(name + ": " + value + " must be at least 0 and below " + below);
        }
    }
}
