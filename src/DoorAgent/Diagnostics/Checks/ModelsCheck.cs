using System.Globalization;
using DoorAgent.Faces;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Operating;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that the files of the networks in use are present and right, and proves the networks.</summary>
internal sealed class ModelsCheck : ICheck
{
    public string Name => "models";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        string encoder = door.EncoderId;
        ModelStore store = new(door.Places.ModelDirectories);
        ModelCheck check = new(store, door.Time);
        CatalogueEntry encodes = store.Catalogue.Find(encoder, ModelTask.Encoder);
        foreach (CatalogueEntry entry in new[]
        {
            store.Catalogue.DetectorFor(encodes, door.Options<FaceOptions>().Detector), encodes,
        })
        {
            CheckedModel model = check.Run(entry);
            if (model.Refusal is { } why)
                findings.Refuse(why);
            else
                findings.Ok(string.Create(CultureInfo.InvariantCulture,
                    $"{entry.Id} {(entry.IsComposite ? "consists of the right files" : "is the right file")} and proven in "
                    + $"{model.Proven.TotalMilliseconds:0} ms"));
        }

        foreach (string unusable in store.Catalogue.Unusable)
            findings.Warn(unusable);
        if (StartupSummary.NoteOfFormer(encoder) is { } former)
            findings.Warn(former);
        if (StartupSummary.WarningOf(!door.IsReal, encoder) is { } warning)
            findings.Warn(warning);
        return Task.CompletedTask;
    }
}
