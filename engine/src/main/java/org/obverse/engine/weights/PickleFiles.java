package org.obverse.engine.weights;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The formats whose objects are pickled: network pickles, and both formats of torch.save. */
final class PickleFiles {
    private static final String PICKLE = Archive.PICKLE;
    private static final int LONGEST_VERSION = 20;
    private static final int LARGEST_UNPACKED_PICKLE = 64 << 20;

    private PickleFiles() {}

    static Contents networks(Place place, ByteSource file) {
        PickleInput input = new PickleInput(place, file);
        Value root = PickleMachine.read(input, EnumSet.allOf(Constructor.class), PickleMachine.PersistentIds.NONE);
        return Naming.of(place, WeightFormat.NETWORK_PICKLE, root, storage -> held(place, storage));
    }

    static Contents legacy(Place place, ByteSource file) {
        TorchStream.Content content = TorchStream.file(place, file);
        return Naming.of(
                place,
                WeightFormat.TORCH_LEGACY,
                content.object(),
                storage -> storage instanceof Storage.Keyed keyed
                        ? TorchStream.held(place, content.storages(), keyed).bytes()
                        : held(place, storage));
    }

    private static ByteSource held(Place place, Storage storage) {
        if (storage instanceof Storage.Held held) {
            return held.bytes();
        }
        throw place.refused("has a tensor whose bytes are not in the file");
    }

    /** Of the members only those are read, and hence compared with their check sums, that tensors need. */
    static Contents zip(Place place, ZipMembers zip) {
        Map<String, ByteSource> members = zip.all();
        String folder = Archive.root(members.keySet()).orElseThrow();
        String pickle = folder + PICKLE;
        if (members.containsKey(folder + "constants.pkl")) {
            throw place.refused(
                    "is a TorchScript program, not a weights file",
                    "use it as a whole, as a TorchScript classifier; or store model.state_dict() instead");
        }
        requireVersion(place, members, folder);
        Place inside = place.in(Place.shown(pickle));
        Map<String, Storage.Keyed> used = new LinkedHashMap<>();
        Set<Constructor> allowed = EnumSet.complementOf(EnumSet.of(Constructor.STORAGE, Constructor.PERSISTENT_OBJECT));
        Value root = PickleMachine.read(
                new PickleInput(inside, unpacked(inside, zip.sound(pickle))), allowed, (where, at, id) -> {
                    Storage.Keyed storage = StorageId.read(where, at, id);
                    StorageId.note(where, at, used, storage);
                    return new Value.Memory(storage);
                });
        Function<Storage, ByteSource> bytes = storage -> storage instanceof Storage.Keyed keyed
                ? member(place, zip, folder + "data/", keyed)
                : held(place, storage);
        return Naming.of(inside, WeightFormat.TORCH_ZIP, root, bytes);
    }

    private static void requireVersion(Place place, Map<String, ByteSource> members, String folder) {
        String version = text(place, members, folder + "version");
        if (!version.matches("[1-9]|10")) {
            throw place.refused(
                    "is of version '" + Place.shown(version) + "' of torch's zip format; 1 to 10 are read",
                    "store it again with torch.save");
        }
        if (members.containsKey(folder + "byteorder")
                && !text(place, members, folder + "byteorder").equals("little")) {
            throw place.refused("was not written in little-endian order", "store it again on another machine");
        }
    }

    private static String text(Place place, Map<String, ByteSource> members, String name) {
        ByteSource member = members.get(name);
        if (member == null || member.length() > LONGEST_VERSION) {
            throw place.refused("has no sound zip member '" + Place.shown(name) + "'");
        }
        return StandardCharsets.UTF_8
                .decode(member.bytes(0, (int) member.length()))
                .toString()
                .strip();
    }

    /** A packed pickle is unpacked once, because it is read in many steps. */
    private static ByteSource unpacked(Place inside, ByteSource member) {
        if (!(member instanceof Inflated)) {
            return member;
        }
        if (member.length() > LARGEST_UNPACKED_PICKLE) {
            throw inside.refused("unpacks to " + member.length() + " bytes, more than a pickle without tensors needs");
        }
        return new ByteSource.Memory(member.bytes(0, (int) member.length()));
    }

    private static ByteSource member(Place place, ZipMembers zip, String folder, Storage.Keyed storage) {
        ByteSource member = zip.all().get(folder + storage.key());
        long needed = storage.elements() * storage.type().bytes();
        if (member == null || member.length() != needed) {
            throw place.refused("storage '" + Place.shown(storage.key()) + "' needs " + needed
                    + " bytes, and the zip file " + (member == null ? "lacks its member" : "holds " + member.length()));
        }
        return zip.sound(folder + storage.key());
    }
}
