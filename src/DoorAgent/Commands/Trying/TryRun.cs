using DoorAgent.Commands.Camera;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Trying;

/// <summary>Runs a whole trial in a data directory that is deleted afterwards.</summary>
/// <param name="assignments">The settings that the user changed, as Section:Key=value.</param>
/// <param name="modelDirectories">Directories that are searched for networks.</param>
/// <param name="isScreen">Whether input and output are a terminal.</param>
internal sealed class TryRun(IReadOnlyList<string> assignments, IReadOnlyList<string> modelDirectories, bool isScreen)
{
    private const int Pictures = 5;
    private const int PicturesAtLeast = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs until the user leaves.</summary>
    /// <param name="what">The camera that the user looks into; null for the built-in people.</param>
    /// <param name="name">The user's name.</param>
    /// <param name="stopping">Ends the trial.</param>
    /// <exception cref="UserErrorException">Settings, networks or the camera cannot be used.</exception>
    public async Task RunAsync(string? what, PersonName name, CancellationToken stopping)
    {
        DoorSettings settings = TrySettings.With(assignments, isOfStills: what is null || Directory.Exists(what));
        DirectoryInfo data = Directory.CreateTempSubdirectory("dooragent-try-");
        try
        {
            Places places = new(data.FullName, modelDirectories);
            using FacePipeline pipeline = WithStatus("Loading the networks, which prove themselves first", () => FacePipelineFactory.Open(
                places, settings.Faces, settings.Encodings.Encoder));
            WithStatus($"Enrolling {string.Join(" and ", TrialPeople.Enrolled.Select(person => person.Name))}, who are synthetic",
                () => EnrolBuiltIn(settings, places, pipeline));
            (ICamera? camera, TrialPerson? you) =
                what is null ? default : await EnrolYouAsync(what, name, settings, places, pipeline, stopping);
            if (camera is null)
                settings = TrySettings.With(assignments, isOfStills: true);
            SceneCamera? played = camera is null ? new SceneCamera(TimeProvider.System) : null;
            TryStateStore store = new(First(camera, you, settings), TimeProvider.System);
            await using InteractiveDoor door = new(settings, places, pipeline, camera ?? played!, store, TimeProvider.System);
            await UseAsync(new TrySession(door, store, played), stopping);
            await door.StopAsync();
            Console.WriteLine(door.IsRelayOn ? "The relay is still on: that is a bug, please report it."
                : "The door is locked, and all data of this trial are deleted.");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private async Task UseAsync(TrySession session, CancellationToken stopping)
    {
        await Task.WhenAny(session.Store.Ready, session.Ended);
        // A person stands there from the beginning, so that the first key has a visible effect.
        session.Do(new TryAction.Stand(session.Store.State.People[0]));
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

    private static TryState First(ICamera? camera, TrialPerson? you, DoorSettings settings) => new(
        you is null ? [.. TrialPeople.Enrolled, TrialPeople.Stranger] : [you, .. TrialPeople.Enrolled, TrialPeople.Stranger],
        camera?.Description, settings.Doors.AccessTime)
    {
        Mode = settings.Decisions.AccessMode,
    };

    /// <summary>Enrols the user from the camera; without usable pictures prints why and returns neither user nor camera.</summary>
    private static async Task<(ICamera? Camera, TrialPerson? You)> EnrolYouAsync(string what, PersonName name, DoorSettings settings,
        Places places, FacePipeline pipeline, CancellationToken stopping)
    {
        ICamera camera = EnrolmentCamera.Open(what, settings.UncheckedHardware);
        try
        {
            using EnrolmentLiveness liveness = new(EnrolmentLiveness.Open(places, settings.Liveness),
                "'--set Liveness:Mode=off' shows the door without this check.");
            LoadedNetworks networks = FacePipelineFactory.WithThresholds(
                pipeline, settings.Matching, pipeline.BestRule(settings.Encodings.FlipUse));
            float samePerson = networks.Thresholds.SamePerson();
            LivePictures taken = await EnrolmentCamera.CaptureAsync(camera, networks.ForEnrolment(), liveness, new LiveSelection([], samePerson),
                Pictures, PicturesAtLeast, Patience, "", stopping);
            TrialPerson you = TrialPeople.You(name.Text);
            using GalleryFile gallery = new(places.GalleryFile, TimeProvider.System);
            EnrollerOf(gallery, settings, pipeline, taken.Read).Add(name, taken.Names, you.Badge, isExtended: false);
            return (camera, you);
        }
        catch (UserErrorException failure)
        {
            camera.Dispose();
            Console.WriteLine(failure.Message);
            Console.WriteLine("Built-in people and a played camera are used instead; the door is the same.");
            return default;
        }
        catch
        {
            camera.Dispose();
            throw;
        }
    }

    private static int EnrolBuiltIn(DoorSettings settings, Places places, FacePipeline pipeline)
    {
        using GalleryFile gallery = new(places.GalleryFile, TimeProvider.System);
        Enroller enroller = EnrollerOf(gallery, settings, pipeline, null);
        foreach (TrialPerson person in TrialPeople.Enrolled)
            enroller.Add(PersonName.Parse(person.Name), PictureFolder.Files(Path.Combine(Places.BuiltInPeople, person.Name)), person.Badge,
                isExtended: false);
        return gallery.People.Count;
    }

    private static Enroller EnrollerOf(
        GalleryFile gallery, DoorSettings settings, FacePipeline pipeline, Func<string, PictureReading>? read) => new(
        gallery, pipeline, FacePipelineFactory.ThresholdsOf(pipeline, settings.Matching, pipeline.BestRule(settings.Encodings.FlipUse)),
        settings.People, read);

    private T WithStatus<T>(string words, Func<T> work)
    {
        if (isScreen)
            return AnsiConsole.Status().Start(words, _ => work());
        Console.WriteLine($"{words}.");
        return work();
    }
}
