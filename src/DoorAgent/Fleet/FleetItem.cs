namespace DoorAgent.Fleet;

/// <summary>A record of the hub as it arrived: not yet verified.</summary>
/// <param name="Key">Key in its bucket: <c>GROUP.PERSON</c> of people; <c>GROUP.manifest</c> or <c>GROUP.key.DOOR</c> of groups.</param>
/// <param name="Sequence">Number of the record in the stream of its bucket.</param>
/// <param name="Value">The sealed or signed bytes; empty where the hub deleted the key.</param>
internal sealed record FleetItem(string Key, ulong Sequence, byte[] Value);
