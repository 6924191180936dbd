using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Tests.Badges;

/// <summary>Lines whose edges have the times that the test sets, as after a busy second.</summary>
internal sealed class LateWire : IGpioLines, IInputLines
{
    public bool IsSimulated => true;

    public bool IsListening => true;

    public Mailbox<LineEdge> Edges { get; } = new(1024);

    public TimeSpan Next { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Posts a frame's edges, 2 ms apart.</summary>
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
        throw new IOException("There are no outputs.");

    public bool IsActive(int line) => false;

    public void Dispose() => Edges.Close();
}
