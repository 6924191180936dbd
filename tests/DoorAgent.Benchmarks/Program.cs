using System.Globalization;
using System.Runtime.InteropServices;
using DoorAgent.Benchmarks;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using DoorAgent.Storage;
using OpenCvSharp;

// Where a frame's time goes, from the camera's pixels to a decision: a page in Markdown. The figures to look at are the ratios
// and the bytes; the microseconds belong to the machine.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["gallery"])
{
    ResultTable.Begin();
    Console.WriteLine($"\n{GalleryBenchmark.Run()}");
    return;
}

if (args is ["journal"])
{
    JournalBenchmark.Run();
    return;
}

if (args is ["seal"])
{
    ResultTable.Begin();
    SealBenchmark.Run();
    return;
}

if (args is ["fleet", .. string[] how])
{
    await FleetBenchmark.RunAsync(how);
    return;
}

// What catalogue, typicality tables and model card say of the built-in networks.
switch (args)
{
    case ["known-face", string detector]:
        NetworkFacts.ShowKnownFace(detector);
        return;
    case ["people", string models]:
        NetworkFacts.ShowPeople(models);
        return;
    case ["typicality", string folder, string models, string detector, string encoder]:
        TypicalityFit.Show(folder, models, detector, encoder);
        return;
}

Places places = Places.Resolve(null, args.Length > 0 ? args[0] : null);
ModelStore store = new(places.ModelDirectories);
string adam = Path.Combine(Places.BuiltInPeople, "adam");
string[] enrolments = Directory.GetFiles(adam, "enrol-*.jpg");
Frame[] frames = [.. PictureFile.In(Path.Combine(adam, "door-1"))
    .Concat(PictureFile.In(Path.Combine(adam, "door-2"))).Select(file => Read(file))];
string[] load = File.ReadAllText("/proc/loadavg").Split(' ')[..3];
string busy = double.Parse(load[0], CultureInfo.InvariantCulture) <= Environment.ProcessorCount
    ? ""
    : "\n**The machine was busy: threads waited for cores, OpenCV's more than ours, so the ratios of networks prove nothing. "
        + "The bytes are.**\n";

Console.WriteLine($"""
    # One run on one machine

    A server with {Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture})
    and a load average of {string.Join(' ', load)} before the run;
    .NET {Environment.Version}, OpenCV {Cv2.GetVersionString()}. Made by

        dotnet run -c Release --project tests/DoorAgent.Benchmarks -- DIR-OF-MODELS > FILE

    Look at the ratios and the bytes; the microseconds hold for that machine only.
    {frames.Length} pictures of adam at the door, {frames[0].Width} x {frames[0].Height};
    ours and OpenCV's run in turns, on the same pictures and the same network files, each with its own defaults for threads, and the
    program first makes sure that both give the same boxes and encodings. "detect, whole" is held against `FaceDetectorYN`, the
    networks alone against OpenCV's DNN. Where OpenCV's column is empty it has no such step, or refuses the file (yunet-n has a dynamic
    shape that its importer does not take; the built-in detector's it takes).
    {busy}
    """);
ResultTable.Begin();
StepBenchmark steps = new(store, frames);
CatalogueEntry strongDetector = Catalogue.Embedded.Find(Catalogue.StrongPair[0]), strong = Catalogue.Embedded.Find(Catalogue.StrongPair[1]);
CatalogueEntry first = Catalogue.Embedded.NetworksOf(strong)[0];
foreach ((CatalogueEntry detects, CatalogueEntry encodes) in new[]
{
    (Catalogue.Embedded.Find(Catalogue.BuiltInDetector), Catalogue.Embedded.Find(Catalogue.BuiltInEncoder)),
    (strongDetector, first),
    (strongDetector, strong),
})
{
    if (!store.IsHere(detects) || !store.IsHere(encodes))
        continue;
    if (!encodes.IsComposite)
    {
        steps.Detect(detects);
        steps.Encode(encodes, detects);
    }

    DecisionBenchmark.Run(places, detects.Id, encodes.Id, enrolments, frames);
}

string?[] ratios =
[
    EncoderBenchmark.Run(store, strongDetector, strong, frames), LivenessBenchmark.Run(store, strongDetector, first, frames),
];
if (Catalogue.Embedded.Find("yunet-2023mar") is { } square && store.Locate(square) is not null)
    new StepBenchmark(store, [.. PictureFile.In(Path.Combine(adam, "door-1")).Select(file => Read(file, square.Input.Width))])
        .Detect(square);
foreach (int encodings in new[] { 100, 10_000, 1_000_000 })
    MatchBenchmark.Run(encodings);
ratios = [.. ratios, GalleryBenchmark.Run()];
foreach (string words in ratios.OfType<string>())
    Console.WriteLine($"\n{words}");
Console.WriteLine($"\nResident memory at the end: {Environment.WorkingSet / 1024 / 1024} MiB");

static Frame Read(string file, int side = 0)
{
    Frame frame = new();
    PictureFile.Read(file, frame);
    if (side == 0)
        return frame;
    using Mat view = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Pixels.ToArray()), grown = new();
    Cv2.Resize(view, grown, new Size(side, side));
    frame.Resize(side, side);
    grown.AsSpan<byte>().CopyTo(frame.Pixels);
    return frame;
}
