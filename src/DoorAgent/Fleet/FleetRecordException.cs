namespace DoorAgent.Fleet;

/// <summary>What arrived is not a record of this fleet, or not the one that is expected. The message says what is wrong and contains
/// neither a key nor personal data; no part of the record is used.</summary>
internal sealed class FleetRecordException(string message, Exception? inner = null) : Exception(message, inner);
