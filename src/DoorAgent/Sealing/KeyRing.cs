namespace DoorAgent.Sealing;

/// <summary>The keys that this process may use for one door: none, one, or two while a rotation is under way.</summary>
/// <param name="keys">The keys, the newest first.</param>
/// <param name="absence">Why there is no key, as the end of a sentence with the next step; null where there is one.</param>
internal sealed class KeyRing(IReadOnlyList<DoorKey> keys, string? absence)
{
    /// <summary>The key for new values; null without a key.</summary>
    public DoorKey? Newest => keys.Count > 0 ? keys[0] : null;

    /// <summary>All keys, the newest first.</summary>
    public IReadOnlyList<DoorKey> All => keys;

    /// <summary>Why there is no key, as the end of a sentence with the next step; null where there is one.</summary>
    public string? Absence => absence;

    /// <summary>Returns the key with an id; null without that key.</summary>
    public DoorKey? Find(string id) => keys.FirstOrDefault(key => key.Id == id);

    /// <summary>Returns the key with an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="what">What was sealed with that key, as the beginning of a sentence.</param>
    /// <exception cref="UserErrorException">There is no such key; the message says what to do.</exception>
    public DoorKey Require(string id, string what) => Find(id) ?? throw new UserErrorException(
        Newest is { } other
            ? $"{what} is sealed with the key {id}, and this door has the key {other.Id}. Import the right key with "
                + "'sudo dooragent key import FILE', or restore a copy that this door has sealed."
            : $"{what} is sealed with the key {id}, and {absence ?? "there is no key here"}");
}
