using System.Diagnostics;
using System.Globalization;
using DoorAgent.Benchmarks;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Settings;

// Where a frame's time goes, from the camera's pixels to a match: a table in Markdown. The figure to look at is the ratio
// to the networks' own time, which hardly depends on the machine.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Places places = Places.Resolve(null, args.Length > 0 ? args[0] : null);
ModelStore store = new(places.ModelDirectories);
Frame[] frames = [.. Directory.EnumerateFiles(Places.BuiltInPeople, "*.jpg", SearchOption.AllDirectories).Where(file => file.Contains("/door-1/")).Order().Take(100).Select(Read)];

Console.WriteLine($"{frames.Length} frames of {frames[0].Width} x {frames[0].Height}, {Environment.ProcessorCount} cores\n");
Console.WriteLine("| networks | step | median ms | p95 ms | to the networks' own time | bytes allocated a frame |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach ((string detector, string encoder) in new[] { ("door-detector", "door-encoder"), ("yunet-n", "mobilefacenet") })
{
    CatalogueEntry finds = Catalogue.Embedded.Find(detector), encodes = Catalogue.Embedded.Find(encoder);
    if (store.Locate(finds) is null || store.Locate(encodes) is null)
        continue;
    Stopwatch cold = Stopwatch.StartNew();
    using FaceReader reader = FaceReader.Open(places, new FaceOptions { Detector = detector }, encoder);
    TimeSpan start = cold.Elapsed;
    new StepBenchmark(finds, encodes, store, reader, frames).Print();
    Console.WriteLine($"| {detector} + {encoder} | opened and proven, once | {start.TotalMilliseconds:0} | | | |");
}

Console.WriteLine("\nMatching, one probe:\n");
MatchBenchmark.Print();
Console.WriteLine($"\nResident memory at the end: {Environment.WorkingSet / 1024 / 1024} MiB");

static Frame Read(string file)
{
    Frame frame = new();
    PictureFile.Read(file, frame);
    return frame;
}
