namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>Reads the UID of each ISO 14443-A card at an RFID chip.</summary>
internal sealed class RfidDevice(IRfidChip chip, TimeProvider time) : IReaderDevice
{
    /// <summary>The pause between two scans.</summary>
    public static readonly TimeSpan ScanInterval = TimeSpan.FromMilliseconds(100);

    private readonly CardPresence _presence = new();

    public async ValueTask<BadgeRead> NextAsync(CancellationToken stopping)
    {
        while (true)
        {
            BadgeRead? read = _presence.Next(BindingCall.Ask(chip.Scan), time.Monotonic());
            await Task.Delay(ScanInterval, time, stopping);
            if (read is { } signal)
                return signal;
        }
    }

    public void Dispose() => chip.Dispose();
}
