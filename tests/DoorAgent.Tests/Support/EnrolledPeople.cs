using DoorAgent.Encodings;
using DoorAgent.Simulation;
using DoorAgent.Storage;

namespace DoorAgent.Tests.Support;

/// <summary>The built-in networks, proven once, and a gallery with two of the built-in people, made once.</summary>
public sealed class EnrolledPeople : IDisposable
{
    private const string Enrolments = """
        start 2026-03-02 07:55:00 Europe/Berlin
        enrol adam badge H10301:123:4567 from builtin:adam/enrol-*.jpg
        enrol nora badge H10301:123:4568 from builtin:nora/enrol-*.jpg
        1 end
        """;

    private readonly TempFolder _folder = new();

    public EnrolledPeople()
    {
        Reader = TestNetworks.BuiltIn();
        Scenario scenario = ScenarioParser.Parse(Enrolments, "made.door");
        PictureGlob globs = new(_folder.Path, ScenarioFiles.Roots([]));
        Places places = new(_folder.Path, []);
        SimulatedGallery.Make(scenario, globs, places, SimulatedSettings.With([]), Reader, TimeProvider.System, CancellationToken.None);
    }

    internal FacePipeline Reader { get; }

    /// <summary>Gives a test a separate copy of the gallery.</summary>
    internal void CopyGalleryTo(string path) => File.Copy(_folder.File("gallery.db"), path);

    public void Dispose()
    {
        Reader.Dispose();
        _folder.Dispose();
    }
}
