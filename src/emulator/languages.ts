/** Language codes the service takes; case matters. Source: the CAMS "Language codes" page. */
export const languages: ReadonlySet<string> = new Set(
  `af sq ar az bn bg ca hr cs da nl en en_GB en_US et fil fi fr de el gu ha he hi hu id ga it ja kn kk ko lo lv lt mk
   ms ml mr nb fa pl pt_BR pt_PT pa ro ru sr zh_CN zh_HK zh_TW sk sl es es_AR es_MX es_ES sw sv ta te th tr uk ur uz vi
   zu`.split(/\s+/),
);
