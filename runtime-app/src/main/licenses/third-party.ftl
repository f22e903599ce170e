<#-- Groups the libraries of the shaded jar by licence. -->
Libraries in runtime-app.jar, by licence.
<#list licenseMap as entry>
<#assign projects = entry.getValue()/>
<#if projects?size &gt; 0>

${entry.getKey()}
<#list projects as project>
  ${project.groupId}:${project.artifactId}:${project.version}<#if project.url?? && project.url?has_content> ${project.url}</#if>
</#list>
</#if>
</#list>
