using System.Net.Sockets;

namespace DoorAgent.Operating;

/// <summary>Answers the requests of the page that the door's own loops do not answer. Who may send a request was judged before.</summary>
/// <param name="parts">What the page shows and changes.</param>
/// <param name="time">The clock.</param>
internal sealed class PageDesk(PageParts parts, TimeProvider time)
{
    private readonly PagePairing _pairing = new(time);

    /// <summary>The sessions, by which requests are judged.</summary>
    public PageSessions Sessions { get; } = new(time);

    /// <summary>Whether a request is one of these.</summary>
    public static bool Answers(OperatorVerb verb) => verb is OperatorVerb.PageCode or OperatorVerb.Pair or OperatorVerb.Session
        or OperatorVerb.EndSession or OperatorVerb.Picture or OperatorVerb.Records or OperatorVerb.Explain or OperatorVerb.People
        or OperatorVerb.ChangePerson or OperatorVerb.ErasePerson or OperatorVerb.Enrol or OperatorVerb.Enrolment
        or OperatorVerb.EndEnrolment or OperatorVerb.Check or OperatorVerb.Settings or OperatorVerb.Links;

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="by">Who sends it, for the record.</param>
    /// <param name="record">Has the decision loop record a change before it is made.</param>
    /// <param name="stream">The connection, for a picture.</param>
    /// <param name="stop">Cancelled when the door stops.</param>
    public async Task<OperatorAnswer> AnswerAsync(OperatorRequest request, string by, Func<OperatorRequest, Task<OperatorAnswer>> record,
        NetworkStream stream, CancellationToken stop)
    {
        try
        {
            return request.Verb switch
            {
                OperatorVerb.PageCode => new OperatorAnswer { Code = _pairing.New(request.Role ?? PageRole.View) },
                OperatorVerb.Pair => Pair(request.Code ?? ""),
                OperatorVerb.Session => new OperatorAnswer(),
                OperatorVerb.EndSession => End(request.Session),
                OperatorVerb.Settings => new OperatorAnswer { Settings = parts.Settings },
                _ => OperatorAnswer.Refused("This door cannot do that yet."),
            };
        }
        catch (UserErrorException refused)
        {
            return OperatorAnswer.Refused(refused.Message);
        }
    }

    private OperatorAnswer Pair(string code)
    {
        (PageRole? role, string why) = _pairing.Use(code);
        return role is { } paired ? new OperatorAnswer { Session = Sessions.Begin(paired) }
            : OperatorAnswer.Refused(why) with { Problem = PageProblem.WrongCode };
    }

    private OperatorAnswer End(string? session)
    {
        if (session is null)
            return OperatorAnswer.Refused("The request names no session.");
        Sessions.End(session);
        return new OperatorAnswer { Done = "The session is over." };
    }
}
