using Microsoft.AspNetCore.Http;
using DoorAgent.Operating;

namespace DoorAgent.Page.Endpoints;

/// <summary>The enrolment of a person at the door.</summary>
internal static class EnrolmentEndpoints
{
    /// <summary>POST /api/enrolments with an <see cref="EnrolmentOrder"/>: 202 with an <see cref="EnrolmentState"/>; its progress comes in
    /// the stream as <c>enrolment</c>. 409 while another one goes on.</summary>
    public static async Task BeginAsync(PageCall call)
    {
        EnrolmentOrder order = await call.ReadAsync<EnrolmentOrder>();
        OperatorAnswer answer = await call.AskAsync(new OperatorRequest(OperatorVerb.Enrol) { Enrolment = order });
        await call.WriteAsync(answer.Enrolment, StatusCodes.Status202Accepted);
    }

    /// <summary>GET /api/enrolments: 200 with the <see cref="EnrolmentState"/> of the last enrolment, or null.</summary>
    public static async Task ShowAsync(PageCall call) =>
        await call.WriteAsync((await call.AskAsync(new OperatorRequest(OperatorVerb.Enrolment))).Enrolment);

    /// <summary>DELETE /api/enrolments with <c>{}</c>: ends the enrolment; nothing is written.</summary>
    public static async Task EndAsync(PageCall call) =>
        await call.WriteAsync((await call.AskAsync(new OperatorRequest(OperatorVerb.EndEnrolment))).Enrolment);
}
