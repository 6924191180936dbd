namespace DoorAgent.Hardware.Displays;

/// <summary>A display in memory that keeps the text that it shows.</summary>
internal sealed class SimulatedDisplay : IDisplay
{
    private volatile string _shown = "";

    public string Shown => _shown;

    public void Show(string text) => _shown = text;

    public void Dispose() => _shown = "";
}
