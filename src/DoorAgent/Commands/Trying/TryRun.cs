using DoorAgent.Commands.Camera;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Trying;

/// <summary>A trial from its first word to its last, in a data directory that is gone afterwards.</summary>
/// <param name="settings">Checked settings.</param>
/// <param name="modelDirectories">Where networks are looked for.</param>
/// <param name="isScreen">Whether there is a terminal to draw on and to press keys at.</param>
internal sealed class TryRun(DoorSettings settings, IReadOnlyList<string> modelDirectories, bool isScreen)
{
    private const int Pictures = 5;
    private const int PicturesAtLeast = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs until the user leaves.</summary>
    /// <param name="what">The camera that the user stands before; null for the built-in people.</param>
    /// <param name="name">What the user is called.</param>
    /// <param name="stopping">Ends it.</param>
    /// <exception cref="UserErrorException">Settings, networks or the camera cannot be used.</exception>
    public async Task RunAsync(string? what, PersonName name, CancellationToken stopping)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("dooragent-try-");
        try
        {
            Places places = new(data.FullName, modelDirectories);
            using FacePipeline reader = Told("Loading the networks, which prove themselves first", () => FacePipelineFactory.Open(
                places, settings.Faces, settings.Encodings.Encoder));
            Told($"Enrolling {string.Join(" and ", TryCast.Enrolled.Select(actor => actor.Name))}, who do not exist", () => EnrolBuiltIn(places, reader));
            (ICamera? camera, Actor? you) = what is null ? default : await EnrolYouAsync(what, name, places, reader, stopping);
            SceneCamera? played = camera is null ? new SceneCamera(TimeProvider.System) : null;
            TryBoard board = new(First(camera, you), TimeProvider.System);
            await using InteractiveDoor door = new(settings, places, reader, camera ?? played!, board, TimeProvider.System);
            await UseAsync(new TrySession(door, board, played), stopping);
            await door.StopAsync();
            Console.WriteLine(door.IsRelayOn ? "The relay is still on: that is a bug, please report it." : "The door is locked, and everything of this trial is forgotten.");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private async Task UseAsync(TrySession session, CancellationToken stopping)
    {
        await Task.WhenAny(session.Board.Ready, session.Ended);
        // Somebody stands there from the beginning: the first key that is pressed shows something.
        session.Do(new TryAction.Stand(session.Board.State.Cast[0]));
        try
        {
            if (isScreen && TryDrawing.Misfit(AnsiConsole.Profile.Width, AnsiConsole.Profile.Height) is { } misfit)
                Console.WriteLine(misfit);
            if (isScreen)
                await TryScreen.RunAsync(session, TimeProvider.System, stopping);
            else
                await TryLines.RunAsync(session, Console.In, Console.Out, TimeProvider.System, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ctrl-C is a way to leave.
        }
    }

    private TryState First(ICamera? camera, Actor? you) => new(
        you is null ? [.. TryCast.Enrolled, TryCast.Stranger] : [you, .. TryCast.Enrolled, TryCast.Stranger],
        camera?.Description, settings.Doors.AccessTime)
    {
        Mode = settings.Decisions.AccessMode,
    };

    /// <summary>Enrols the user from their camera; without usable pictures it says so, and there is no user and no camera.</summary>
    private async Task<(ICamera? Camera, Actor? You)> EnrolYouAsync(string what, PersonName name, Places places, FacePipeline reader, CancellationToken stopping)
    {
        ICamera camera = GivenCamera.Open(what, settings.UncheckedHardware);
        try
        {
            float samePerson = FacePipelineFactory.ThresholdsOf(reader, settings.Matching).Verification(1);
            LivePictures taken = await GivenCamera.TakeAsync(camera, reader, new LiveSelection([], samePerson), Pictures, PicturesAtLeast, Patience, "", stopping);
            Actor you = TryCast.You(name.Text);
            using GalleryFile gallery = new(places.GalleryFile, TimeProvider.System);
            EnrollerOf(gallery, reader, taken.Read).Add(name, taken.Names, you.Badge, isExtended: false);
            return (camera, you);
        }
        catch (UserErrorException failure)
        {
            camera.Dispose();
            Console.WriteLine(failure.Message);
            Console.WriteLine("So people who do not exist stand before a camera that is played; the door is the same.");
            return default;
        }
        catch
        {
            camera.Dispose();
            throw;
        }
    }

    private int EnrolBuiltIn(Places places, FacePipeline reader)
    {
        using GalleryFile gallery = new(places.GalleryFile, TimeProvider.System);
        Enroller enroller = EnrollerOf(gallery, reader, null);
        foreach (Actor actor in TryCast.Enrolled)
            enroller.Add(PersonName.Parse(actor.Name), PictureFolder.Files(Path.Combine(Places.BuiltInPeople, actor.Name)), actor.Badge, isExtended: false);
        return gallery.People.Count;
    }

    private Enroller EnrollerOf(GalleryFile gallery, FacePipeline reader, Func<string, PictureReading>? read) => new(
        gallery, reader, FacePipelineFactory.ThresholdsOf(reader, settings.Matching), settings.People, read);

    private T Told<T>(string words, Func<T> work)
    {
        if (isScreen)
            return AnsiConsole.Status().Start(words, _ => work());
        Console.WriteLine($"{words}.");
        return work();
    }
}
