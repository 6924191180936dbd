using Microsoft.Extensions.Logging;
using OSDP.Net;
using OSDP.Net.Connections;

namespace DoorAgent.Hardware.Badges.Osdp;

/// <summary>An OSDP reader on RS-485, through OSDP.Net. Compiled only with -p:OsdpNet=true; <see cref="OsdpLink"/> interprets its
/// events.</summary>
internal sealed class OsdpDevice : IReaderDevice
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(3);

    private readonly ControlPanel _panel = new((ILoggerFactory?)null);
    private readonly OsdpLink _link;

    private OsdpDevice(BadgeOptions options, OsdpKey key, TimeProvider time)
    {
        _link = new OsdpLink(new WiegandDecoder(options.Layouts), time);
        _panel.ConnectionStatusChanged += (_, status) => _link.OnStatusChanged(status.IsConnected, status.IsSecureChannelEstablished);
        _panel.NakReplyReceived += (_, answer) => _link.OnNak((int)answer.Nak.ErrorCode);
        _panel.RawCardDataReplyReceived += (_, card) => _link.OnCardRead(card.RawCardData.Data);
        _panel.KeypadReplyReceived += (_, keypad) => _link.OnKeysPressed(keypad.KeypadData.Data);
        Guid bus = _panel.StartConnection(new SerialPortOsdpConnection(options.Device!, options.Baud));
        _panel.AddDevice(bus, (byte)options.OsdpAddress, useCrc: true, useSecureChannel: true, key.Bytes);
    }

    /// <summary>Starts to poll the reader; completes when the secure channel is established.</summary>
    /// <exception cref="IOException">The secure channel is not established; the message says why.</exception>
    public static async Task<IReaderDevice> OpenAsync(BadgeOptions options, OsdpKey key, TimeProvider time, CancellationToken stopping)
    {
        OsdpDevice device = new(options, key, time);
        try
        {
            await device._link.SecureAsync(stopping);
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    public ValueTask<BadgeRead> NextAsync(CancellationToken stopping) => _link.NextAsync(stopping);

    public void Dispose() => _panel.Shutdown().Wait(LongestStop);
}
