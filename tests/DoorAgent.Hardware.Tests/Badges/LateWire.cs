using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Tests.Badges;

/// <summary>Lines whose edges have timestamps from the test, as when a busy machine processes edges late.</summary>
internal sealed class LateWire : IGpioLines, IInputLines
{
    public bool IsSimulated => true;

    public bool IsListening => true;

    public Mailbox<LineEdge> Edges { get; } = new(1024);

    public TimeSpan Next { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Posts the edges of a frame, 2 ms apart.</summary>
    public void Post(string bits, int lostBefore = 0)
    {
        foreach (char bit in bits)
        {
            Edges.Post(new LineEdge(bit == '1' ? ReaderWire.D1 : ReaderWire.D0, true, Next, lostBefore));
            (Next, lostBefore) = (Next + TimeSpan.FromMilliseconds(2), 0);
        }
    }

    public IInputLines RequestInputs(InputRequest request) => this;

    public IOutputLine RequestOutput(string consumer, int line, bool activeLow, bool isActive) =>
        throw new IOException("These lines do not have outputs.");

    public bool IsActive(int line) => false;

    public void Dispose() => Edges.Close();
}
