using System.CommandLine;
using DoorAgent.Galleries;
using DoorAgent.Operating;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Makes one change to an existing gallery and then says what was done.</summary>
internal static class GalleryChange
{
    /// <exception cref="UserErrorException">The change could not be made.</exception>
    public static int Run(ParseResult result, Action<GalleryFile> change, string done) => Run(result, change, () => done);

    /// <summary>Makes a change whose message is known only afterwards.</summary>
    /// <exception cref="UserErrorException">The change could not be made.</exception>
    public static int Run(ParseResult result, Action<GalleryFile> change, Func<string> done) =>
        Run(CommonOptions.ShowPlaces(result), change, done);

    /// <summary>Makes a change that the running door makes where this user may talk to it and has no key.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="order">The change, as the running door gets it.</param>
    /// <param name="change">The same change of the file.</param>
    /// <param name="done">What was done.</param>
    /// <param name="cancellationToken">Cancels the wait for the door.</param>
    /// <exception cref="UserErrorException">The change could not be made.</exception>
    public static async Task<int> RunOrAskAsync(ParseResult result, GalleryChangeOrder order, Action<GalleryFile> change, string done,
        CancellationToken cancellationToken)
    {
        Places places = CommonOptions.ShowPlaces(result);
        if (!LacksKey(places) || !Permission.Exists(places.OperatorSocket))
            return Run(places, change, () => done);
        OperatorRequest request = new(OperatorVerb.ChangeGallery) { Change = order };
        Console.WriteLine((await OperatorClient.AskAsync(places, request, cancellationToken)).Done);
        return 0;
    }

    private static int Run(Places places, Action<GalleryFile> change, Func<string> done)
    {
        using (GalleryFile gallery = GalleryFile.OpenToChange(places.GalleryFile, TimeProvider.System))
            change(gallery);
        Console.WriteLine(done());
        return 0;
    }

    private static bool LacksKey(Places places) =>
        GalleryKey.IdOf(places.GalleryFile) is { } needed && KeyPlaces.Find(places.Data).Find(needed) is null;
}
