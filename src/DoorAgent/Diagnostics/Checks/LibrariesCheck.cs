using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>The native libraries load: OpenCV with what it needs of GTK, and the networks' runtime.</summary>
internal sealed class LibrariesCheck : ICheck
{
    private const int Side = 8;

    public string Name => "libraries";

    public Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        Frame frame = new();
        frame.Resize(Side, Side);
        frame.Pixels.Clear();
        _ = PictureFile.ToPng(frame);
        findings.Ok("OpenCV loads, and GTK with it");
        CatalogueEntry entry = Catalogue.Embedded.Find(Catalogue.BuiltInDetector);
        using Network network = new(entry.Id, new ModelStore([Places.BuiltInModels]).Open(entry).Content);
        findings.Ok("ONNX Runtime loads, and a network in it");
        return Task.CompletedTask;
    }
}
