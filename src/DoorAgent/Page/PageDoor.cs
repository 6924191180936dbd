using Microsoft.AspNetCore.Http;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Page;

/// <summary>The running door, which the page reaches by the operator's socket alone. The door judges every request by the role of the
/// session; the page process decides nothing.</summary>
/// <param name="places">The data directory of the door.</param>
internal sealed class PageDoor(Places places)
{
    /// <summary>Sends a request and returns the answer.</summary>
    /// <exception cref="PageRefusedException">The door refused, or is not there.</exception>
    public async Task<OperatorAnswer> AskAsync(OperatorRequest request, CancellationToken cancellation)
    {
        (OperatorAnswer answer, bool isThere) = await OperatorClient.TryAskAsync(places, request, cancellation);
        return answer.Refusal is { } why ? throw Refusal(answer, why, isThere) : answer;
    }

    /// <summary>Asks for a picture.</summary>
    /// <returns>What it shows, and the JPEG.</returns>
    /// <exception cref="PageRefusedException">The door refused, is not there, or has no picture.</exception>
    public async Task<(PictureFacts Facts, byte[] Jpeg)> PictureAsync(string session, CancellationToken cancellation)
    {
        OperatorRequest request = new(OperatorVerb.Picture) { Session = session };
        (OperatorAnswer answer, byte[] jpeg, bool isThere) = await OperatorClient.TryAskForBytesAsync(places, request, cancellation);
        if (answer.Refusal is { } why)
            throw Refusal(answer, why, isThere);
        return answer.Facts is { } facts ? (facts, jpeg)
            : throw new PageRefusedException(StatusCodes.Status503ServiceUnavailable, answer.CameraFault ?? "There is no picture.");
    }

    private static PageRefusedException Refusal(OperatorAnswer answer, string why, bool isThere) => new(answer.Problem switch
    {
        PageProblem.NoSession => StatusCodes.Status401Unauthorized,
        PageProblem.WrongCode or PageProblem.NoCode or PageProblem.ExpiredCode or PageProblem.ClosedCode
            or PageProblem.NotAllowed => StatusCodes.Status403Forbidden,
        PageProblem.NotFound => StatusCodes.Status404NotFound,
        _ when !isThere => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status409Conflict,
    }, isThere ? why : $"The door does not answer: it is down, or is starting. {why}", answer.Problem);
}
