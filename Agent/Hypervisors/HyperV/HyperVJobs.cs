namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Carries a call through to its end: done at once, or a job that is looked at until it ends.</summary>
internal sealed class HyperVJobs(IHyperVHost host, HyperVPatience patience, TimeProvider time)
{
    /// <returns>Key of what was made; null where the host did not say.</returns>
    /// <param name="what">For the message of a failure.</param>
    /// <param name="call">Is repeated while the host answers that something else holds the machine.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    public async Task<string?> RunAsync(string what, Func<Task<HyperVReply>> call, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await OnceAsync(what, await call(), cancellation);
            }
            catch (HypervisorException busy) when (busy.Fault == HypervisorFault.Busy && time.GetElapsedTime(started) < patience.Busy)
            {
                await Task.Delay(patience.Look, time, cancellation);
            }
        }
    }

    /// <summary>Ends without a word when a reply without a result was good.</summary>
    public async Task<string?> OnceAsync(string what, HyperVReply reply, CancellationToken cancellation)
    {
        if (reply.ReturnValue == HyperVReply.Done)
            return null;
        if (reply.ReturnValue != HyperVReply.Started)
            throw HyperVFailure.Of(what, reply.ReturnValue);
        if (reply.Job is not { } id)
            throw new HypervisorException(HypervisorFault.Transient, "hyperv-no-job", $"{what}: the host started a job and did not name it");
        var started = time.GetTimestamp();
        while (await host.JobAsync(id, cancellation) is { } job)
        {
            if (job.IsCompleted)
                return await host.JobResultAsync(id, cancellation);
            if (!job.IsUnderWay)
                throw HyperVFailure.Of(what, job.ErrorCode, job.ErrorDescription);
            if (time.GetElapsedTime(started) > patience.Job)
                throw new HypervisorException(HypervisorFault.Transient, "hyperv-job-slow", $"{what}: the host's job did not end within {patience.Job}");
            await Task.Delay(patience.Look, time, cancellation);
        }

        throw new HypervisorException(HypervisorFault.Transient, VanishedCode, $"{what}: the host no longer knows its job");
    }

    /// <summary>The job is gone, and with it its verdict: what it made has to be looked for.</summary>
    public const string VanishedCode = "hyperv-job-vanished";
}
