using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Tests;

/// <summary>A chip that records requests and releases by their consumers, and each setting of an output: a released simulated
/// line becomes low by itself, which a real board does not guarantee.</summary>
internal sealed class RecordingLines(IGpioLines chip, bool isSimulated) : IGpioLines
{
    public List<string> Log { get; } = [];

    /// <summary>The recorded actions of the outputs, in order: "lock relay taken", "on", "off", "given up".</summary>
    public List<string> Outputs { get; } = [];

    public bool IsSimulated => isSimulated;

    public IOutputLine RequestOutput(string consumer, int line, bool activeLow, bool isActive)
    {
        Log.Add(consumer);
        Outputs.Add($"{consumer} taken {Word(isActive)}");
        return new Output(chip.RequestOutput(consumer, line, activeLow, isActive), set => Outputs.Add($"{consumer} {Word(set)}"), () =>
        {
            Log.Add(consumer);
            Outputs.Add($"{consumer} given up");
        });
    }

    public IInputLines RequestInputs(InputRequest request)
    {
        Log.Add(request.Consumer);
        return new Inputs(chip.RequestInputs(request), () => Log.Add(request.Consumer));
    }

    public void Dispose() => chip.Dispose();

    private static string Word(bool isOn) => isOn ? "on" : "off";

    private sealed class Output(IOutputLine line, Action<bool> onSet, Action onDispose) : IOutputLine
    {
        public bool IsActive => line.IsActive;

        public void Set(bool isActive)
        {
            // A failed attempt is recorded too.
            onSet(isActive);
            line.Set(isActive);
        }

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
