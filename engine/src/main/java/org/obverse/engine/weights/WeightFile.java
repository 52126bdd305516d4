package org.obverse.engine.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.InvalidConfigurationException;

/**
 * A file of weights in one of the {@linkplain WeightFormat formats}, which its contents tell, not its name. Opening reads
 * names, types and shapes, and checks that every element exists; elements are read when they are asked for. Nothing in the
 * file is executed or looked up. May be used from any thread, as long as the file is not changed.
 */
public final class WeightFile {
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};
    private static final int HEAD = 64;
    private static final String FORMATS =
            "give a StyleGAN2-ADA network pickle, a file of torch.save, a safetensors file or an npz file";

    private final Place place;
    private final Contents contents;

    private WeightFile(Place place, Contents contents) {
        this.place = place;
        this.contents = contents;
    }

    /**
     * @throws InvalidConfigurationException if there is no such file; if it is truncated, damaged, of no known format or
     *     version, or beyond the limits; or if it names what weights do not need
     */
    public static WeightFile open(Path file) {
        return open(file, file.toString());
    }

    /**
     * @param subject what to call the file in messages
     */
    public static WeightFile open(Path file, String subject) {
        Place place = Place.of(subject);
        if (!Files.isRegularFile(file)) {
            throw place.refused("there is no such file", "give the path of a weights file");
        }
        try {
            ByteSource bytes = ByteSource.of(file);
            WeightFile opened = new WeightFile(place, read(place, file, bytes));
            opened.requireLimits(bytes.length());
            return opened;
        } catch (IOException e) {
            throw unreadable(place, e);
        } catch (UncheckedIOException e) {
            throw unreadable(place, e);
        }
    }

    static InvalidConfigurationException unreadable(Place place, Exception cause) {
        return place.refused(
                "cannot be read (" + cause.getMessage() + ")", "check that it is whole, and its permissions");
    }

    private static Contents read(Place place, Path path, ByteSource file) {
        ByteBuffer head = file.bytes(0, (int) Math.min(HEAD, file.length()));
        if (begins(head, ZIP) || begins(head, EMPTY_ZIP)) {
            return zip(place, ZipMembers.of(place, file));
        }
        if (TorchStream.isAt(file)) {
            return PickleFiles.legacy(place, file);
        }
        if (head.limit() > 0 && (head.get(0) & 0xff) == 0x80) {
            return PickleFiles.networks(place, file);
        }
        if (head.limit() > 8 && head.get(8) == '{') {
            return ArrayFiles.safetensors(place, path, file);
        }
        throw place.refused(stranger(head), FORMATS);
    }

    private static Contents zip(Place place, Map<String, ByteSource> members) {
        if (PickleFiles.isTorchZip(members)) {
            return PickleFiles.zip(place, members);
        }
        if (ArrayFiles.isNpz(members)) {
            return ArrayFiles.npz(place, members);
        }
        throw place.refused("is a zip file without the members of torch.save or of npz", FORMATS);
    }

    private static boolean begins(ByteBuffer head, byte[] magic) {
        return head.limit() >= magic.length && head.slice(0, magic.length).equals(ByteBuffer.wrap(magic));
    }

    /** What a file that is not read begins with, for files that were renamed or never fully fetched. */
    private static String stranger(ByteBuffer head) {
        String text = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
        Map<String, String> known = Map.of(
                "version https://git-lfs", "is a pointer of Git LFS to a file that was not fetched",
                "<", "is a web page or XML, not weights",
                "\u0093NUMPY", "is a single NumPy array, not an npz file",
                "\u0089HDF", "is an HDF5 file",
                "\u00ff\u00d8", "is a JPEG picture",
                "\u0089PNG", "is a PNG picture",
                "\u001f\u008b", "is packed by gzip");
        return known.entrySet().stream()
                .filter(entry -> text.startsWith(entry.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("is of no known format: it has " + (head.limit() < HEAD ? head.limit() + "" : HEAD + " or more")
                        + " bytes and begins with '" + Place.shown(text.substring(0, Math.min(8, text.length())))
                        + "'");
    }

    /** A few bytes can describe the same storage a million times. */
    private void requireLimits(long fileLength) {
        long packed = contents.format() == WeightFormat.NPZ ? Limits.DEFLATE_RATIO : Limits.TENSORS_PER_BYTE;
        long limit = Math.max(Limits.ANY_FILE, Math.multiplyExact(packed, fileLength));
        long cost = 0;
        for (StoredTensor tensor : tensors().values()) {
            cost += tensor.cost();
            if (cost > limit) {
                throw place.refused("describes tensors of more than " + limit + " bytes in " + fileLength);
            }
        }
        if (cost == 0 && tensors().isEmpty()) {
            throw place.refused("holds no tensors", FORMATS);
        }
    }

    public WeightFormat format() {
        return contents.format();
    }

    /** All tensors of the file in their order, by the dotted path to each. */
    public Map<String, StoredTensor> tensors() {
        Map<String, StoredTensor> all = new LinkedHashMap<>();
        contents.parts()
                .forEach((part, tensors) ->
                        tensors.forEach((name, tensor) -> all.put(part.isEmpty() ? name : part + "." + name, tensor)));
        return all;
    }

    /** What the file says beside tensors, by the dotted path to each, such as {@code G_ema.z_dim}. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(contents.metadata());
    }

    /** What the file says of one of its networks, by the dotted path in that network, such as {@code z_dim}. */
    public Map<String, String> metadata(NetworkWeights network) {
        String path = network.part().isEmpty() ? "" : network.part() + ".";
        Map<String, String> said = new LinkedHashMap<>();
        contents.metadata().forEach((key, value) -> {
            if (key.startsWith(path)) {
                said.put(key.substring(path.length()), value);
            }
        });
        return said;
    }

    /** The parts that hold tensors, such as {@code model_state_dict}; one without name if the file has no parts. */
    public Set<String> parts() {
        return Collections.unmodifiableSet(contents.parts().keySet());
    }

    /** Whether the torch_utils.persistence of StyleGAN2-ADA or StyleGAN3 stored the file's networks. */
    public Persistence persistence() {
        return contents.modules().isEmpty() ? Persistence.ABSENT : Persistence.PRESENT;
    }

    /**
     * The tensors that networks are built from.
     *
     * @throws InvalidConfigurationException if there is more than one network to choose from
     */
    public NetworkWeights network() {
        return NetworkWeights.only(place, contents);
    }

    /**
     * The tensors of one part.
     *
     * @throws InvalidConfigurationException if there is no such part
     */
    public NetworkWeights network(String part) {
        return NetworkWeights.named(place, contents, part);
    }

    /**
     * The tensors of {@link #network()} for a network under construction, as float32. Companions can be asked for, and are
     * not among the names.
     */
    public ParameterSource parameters() {
        return ofNetwork();
    }

    private FileParameters ofNetwork() {
        NetworkWeights network = network();
        Map<String, String> said = metadata(network);
        return new FileParameters(place, network, said, StyleGan2Sizes.of(network.tensors(), said));
    }

    /**
     * The sizes of the StyleGAN2 generator that {@link #network()} is; none if it is something else.
     *
     * @throws InvalidConfigurationException if there is more than one network to choose from
     */
    public List<StyleGan2Sizes> generator() {
        return ofNetwork().sizes();
    }

    /** Whether Python's persistence of modules was used. */
    public enum Persistence {
        PRESENT,
        ABSENT
    }
}
