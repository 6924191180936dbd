using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Tests;

/// <summary>A chip that writes down which request is taken and which is ended, by its consumer.</summary>
internal sealed class RecordingLines(IGpioLines chip, bool isSimulated) : IGpioLines
{
    public List<string> Log { get; } = [];

    public bool IsSimulated => isSimulated;

    public IOutputLine RequestOutput(string consumer, int line, bool activeLow, bool isActive)
    {
        Log.Add(consumer);
        return new Output(chip.RequestOutput(consumer, line, activeLow, isActive), () => Log.Add(consumer));
    }

    public IInputLines RequestInputs(InputRequest request)
    {
        Log.Add(request.Consumer);
        return new Inputs(chip.RequestInputs(request), () => Log.Add(request.Consumer));
    }

    public void Dispose() => chip.Dispose();

    private sealed class Output(IOutputLine line, Action onDispose) : IOutputLine
    {
        public bool IsActive => line.IsActive;

        public void Set(bool isActive) => line.Set(isActive);

        public void Dispose()
        {
            onDispose();
            line.Dispose();
        }
    }

    private sealed class Inputs(IInputLines lines, Action onDispose) : IInputLines
    {
        public bool IsListening => lines.IsListening;

        public Mailbox<LineEdge> Edges => lines.Edges;

        public bool IsActive(int line) => lines.IsActive(line);

        public void Dispose()
        {
            onDispose();
            lines.Dispose();
        }
    }
}
