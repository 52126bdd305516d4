package org.obverse.engine.weights;

import java.util.Set;
import java.util.regex.Pattern;
import org.obverse.api.plugin.InvalidConfigurationException;

/**
 * What a pickle may name beside {@linkplain Constructor what weights are made of}. Whatever it names, nothing is looked up or
 * called: the rules keep a file that was made to harm from passing for weights, and let settings that lie beside weights be.
 *
 * <p>A name may be mentioned, and instances of a class are what was stored of them. To call a function is another thing: few
 * are known to make nothing but data.
 */
final class Vocabulary {
    /** Modules that run programs or code, or reach out; nothing that belongs to weights comes from them. */
    private static final Set<String> HARMFUL = Set.of(
            "_io",
            "_pickle",
            "_posixsubprocess",
            "_thread",
            "asyncio",
            "bdb",
            "code",
            "codeop",
            "commands",
            "ctypes",
            "gc",
            "importlib",
            "inspect",
            "io",
            "marshal",
            "multiprocessing",
            "nt",
            "os",
            "pdb",
            "pickle",
            "pip",
            "posix",
            "pty",
            "runpy",
            "shutil",
            "signal",
            "socket",
            "subprocess",
            "sys",
            "threading",
            "types",
            "webbrowser");

    private static final Set<String> BUILTINS = Set.of("builtins", "__builtin__");

    /** Python's own types; its functions are as harmful as those of the modules above. */
    private static final Set<String> TYPES = Set.of(
            "bool",
            "bytearray",
            "bytes",
            "complex",
            "dict",
            "float",
            "int",
            "list",
            "long",
            "object",
            "range",
            "slice",
            "str",
            "tuple",
            "type",
            "unicode",
            "xrange");

    private static final Set<String> HARMLESS = Set.of("types.SimpleNamespace", "os.PathLike");

    /** Calls that make nothing but data, though their names are not those of classes. */
    private static final Set<String> CALLS = Set.of(
            "_codecs.encode",
            "copy_reg._reconstructor",
            "copyreg._reconstructor",
            "datetime.date",
            "datetime.datetime",
            "datetime.time",
            "datetime.timedelta",
            "datetime.timezone",
            "functools.partial",
            "numpy.core.multiarray._reconstruct",
            "numpy._core.multiarray._reconstruct",
            "numpy.core.numeric._frombuffer",
            "numpy._core.numeric._frombuffer",
            "numpy.dtype",
            "numpy.random._pickle.__bit_generator_ctor",
            "numpy.random._pickle.__generator_ctor",
            "numpy.random._pickle.__randomstate_ctor",
            "torch._tensor._rebuild_from_type_v2",
            "torch.device",
            "torch.serialization._get_layout");

    private static final Pattern TORCH_TENSORS = Pattern.compile("torch\\._utils\\._rebuild_\\w+");

    /** PEP 8's form of a class's name. */
    private static final Pattern CLASS = Pattern.compile("_*[A-Z]\\w*");

    private Vocabulary() {}

    /** Whether weights may name it at all. */
    static boolean mayMention(String module, String name) {
        if (HARMLESS.contains(module + "." + name)) {
            return true;
        }
        String package_ = module.split("\\.", 2)[0];
        return BUILTINS.contains(package_) ? TYPES.contains(name) : !HARMFUL.contains(package_);
    }

    /**
     * Whether a call of what may be mentioned makes nothing but data.
     *
     * @param name with its module
     */
    static boolean mayCall(String name) {
        int dot = name.lastIndexOf('.');
        return CALLS.contains(name)
                || BUILTINS.contains(name.substring(0, Math.max(0, dot)))
                || TORCH_TENSORS.matcher(name).matches()
                || CLASS.matcher(name.substring(dot + 1)).matches();
    }

    /** Of a name that weights do not need, or from which no tensors can be had. */
    static InvalidConfigurationException refusal(Place place, long at, String name) {
        String wayOut;
        if (name.startsWith("dnnlib.tflib.")) {
            wayOut = "convert this TensorFlow network with legacy.py of StyleGAN2-ADA";
        } else if (name.startsWith("torch.nn.") || name.startsWith("torchvision.") || name.startsWith("__main__.")) {
            wayOut = "the file holds a Python object; store its tensors instead: torch.save(model.state_dict(), FILE)";
        } else if (name.matches("torch\\.\\w+Storage")) {
            wayOut = "elements of this type are not read; store the tensors as real numbers, such as float32";
        } else {
            wayOut = "weights need no such thing; ask its author for a state dict or a safetensors file";
        }
        return place.refusedAt(
                at, "names '" + Place.shown(name) + "', which is not allowed in weights; nothing was executed", wayOut);
    }
}
